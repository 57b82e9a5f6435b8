import { type IdentityEvidence, ok, systemClock, type Visit } from '@tongban/core';
import { startLanguages } from '@tongban/ui';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import fault from '../../../../../packages/ui/locales/zh-CN/fault.json' with { type: 'json' };
import staff from '../../../../../packages/ui/locales/zh-CN/staff.json' with { type: 'json' };
import { simulatedCards } from '../../devices/cards.ts';
import { simulatedReader } from '../../devices/simulatedReader.ts';
import { IdentityBlock } from './IdentityBlock.tsx';

const never = () => () => undefined;
const nobody = { draft: { evidence: [], filing: { mode: 'self' } } };

test('at the counter one person’s card is read after the other’s; a card that lies there still is asked to be lifted', async () => {
  await startLanguages({ language: 'zh-CN', namespaces: ['staff', 'fault', 'common'] });
  document.body.innerHTML = '<div id="root"></div>';
  const root = createRoot(document.getElementById('root')!);
  const { reader, hands } = simulatedReader(systemClock);
  const seen: (string | undefined)[] = [];
  const visit: Partial<Visit> = {
    snapshot: () => nobody as never,
    subscribe: never,
    identify: async ({ attributes }: IdentityEvidence) => {
      seen.push(attributes.name);
      return ok(undefined);
    },
  };
  root.render(
    <IdentityBlock
      visit={visit as Visit}
      clock={systemClock}
      trust={() => ({}) as never}
      reader={reader}
      simulator={{ cards: simulatedCards, insert: hands.insert }}
      onFailure={() => undefined}
    />,
  );
  const read = page.getByRole('button', { name: staff.filing.read });
  const slot = page.getByLabelText(staff.filing.simulated);
  await read.click();
  await slot.selectOptions('丁小禾');
  await expect.poll(() => seen).toEqual(['丁小禾']);
  await read.click();
  await expect.element(page.getByText(fault.reader['lift-card'])).toBeVisible();
  await slot.selectOptions('丁国安');
  await expect.poll(() => seen).toEqual(['丁小禾', '丁国安']);
  await expect.element(page.getByText(fault.reader['lift-card'])).not.toBeInTheDocument();
  root.unmount();
});
