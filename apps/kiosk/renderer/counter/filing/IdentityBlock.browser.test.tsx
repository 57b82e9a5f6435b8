import {
  err,
  type IdentityEvidence,
  type IdReader,
  ok,
  systemClock,
  type Visit,
} from '@tongban/core';
import { startLanguages } from '@tongban/ui';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import fault from '../../../../../packages/ui/locales/zh-CN/fault.json' with { type: 'json' };
import staff from '../../../../../packages/ui/locales/zh-CN/staff.json' with { type: 'json' };
import { simulatedCards } from '../../devices/cards.ts';
import { simulatedReader } from '../../devices/simulatedReader.ts';
import { IdentityBlock } from './IdentityBlock.tsx';

const never = () => () => undefined;
const nobody = { draft: { evidence: [], filing: { mode: 'self' } } };

let root: Root;
beforeEach(async () => {
  await startLanguages({ language: 'zh-CN', namespaces: ['staff', 'fault', 'common'] });
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
});
afterEach(() => root.unmount());

test('at the counter one person’s card is read after the other’s; a card that lies there still is asked to be lifted', async () => {
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
});

test('whoever is identified in another way ends the waiting for a card: one that lies there later is somebody else’s', async () => {
  const { reader, hands } = simulatedReader(systemClock);
  const seen: (string | undefined)[] = [];
  const signals: AbortSignal[] = [];
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
      reader={{
        read(signal) {
          signals.push(signal);
          return reader.read(signal);
        },
      }}
      simulator={{ cards: simulatedCards, insert: hands.insert }}
      onFailure={() => undefined}
    />,
  );
  const [mine] = simulatedCards;
  await page.getByRole('button', { name: staff.filing.read }).click();
  await vi.waitFor(() => expect(signals).toHaveLength(1));
  await page.getByLabelText(staff.filing.number).fill(mine!.attributes.residentId!);
  await page.getByLabelText(staff.filing.name).fill('丁小禾');
  await page.getByRole('button', { name: staff.filing.identify }).click();
  await expect.poll(() => seen).toEqual(['丁小禾']);
  await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true));
  await expect.element(page.getByLabelText(staff.filing.simulated)).toBeDisabled();
});

test('to lift the card is said for as long as the reader says so, and not while it waits for one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let still = true;
    const reader: IdReader = {
      read: async (signal) => {
        if (still) await new Promise((resolve) => setTimeout(resolve, 250));
        if (still) return err('lift-card');
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      },
    };
    const visit = { snapshot: () => nobody as never, subscribe: never } as Partial<Visit>;
    root.render(
      <IdentityBlock
        visit={visit as Visit}
        clock={systemClock}
        trust={() => ({}) as never}
        reader={reader}
        simulator={undefined}
        onFailure={() => undefined}
      />,
    );
    await page.getByRole('button', { name: staff.filing.read }).click();
    await vi.advanceTimersByTimeAsync(20_000);
    await expect.element(page.getByRole('alert')).toHaveTextContent(fault.reader['lift-card']);
    still = false;
    await vi.advanceTimersByTimeAsync(6_000);
    await expect.element(page.getByRole('alert')).toBeEmptyDOMElement();
    await expect.element(page.getByText(staff.filing.reading)).toBeVisible();
  } finally {
    vi.useRealTimers();
  }
});

test('a bug in the reader goes to the boundary', async () => {
  const broken = new Error('refused');
  const caught = vi.fn();
  root.unmount();
  root = createRoot(document.getElementById('root')!, { onUncaughtError: caught });
  const visit = { snapshot: () => nobody as never, subscribe: never } as Partial<Visit>;
  root.render(
    <IdentityBlock
      visit={visit as Visit}
      clock={systemClock}
      trust={() => ({}) as never}
      reader={{ read: () => Promise.reject(broken) }}
      simulator={undefined}
      onFailure={() => undefined}
    />,
  );
  await page.getByRole('button', { name: staff.filing.read }).click();
  await vi.waitFor(() => expect(caught.mock.calls[0]?.[0]).toBe(broken));
});
