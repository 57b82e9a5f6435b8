import { err, systemTimer } from '@tongban/core';
import { keyboardScanner, startLanguages, wedgeKeys } from '@tongban/ui';
import type { StaffClient } from '@tongban/ui/staff';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import common from '../../../../packages/ui/locales/zh-CN/common.json' with { type: 'json' };
import fault from '../../../../packages/ui/locales/zh-CN/fault.json' with { type: 'json' };
import { CounterPage } from './CounterPage.tsx';
import type { CounterPlace } from './filing/filings.ts';

interface Keyboard {
  send(method: string, parameters: object): Promise<unknown>;
}
const lasting = { getItem: () => null, setItem: () => undefined };
/** A centre that cannot be reached. */
const client = { who: async () => err({ reason: 'no-line' }) } as unknown as StaffClient;

let root: Root;
beforeEach(async () => {
  document.documentElement.dataset.place = 'counter';
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
  await startLanguages({ language: 'zh-CN', namespaces: ['common', 'fault', 'staff', 'terminal'] });
});
afterEach(() => root.unmount());

/** A receipt's digits and Enter, as a scanner types them. */
async function scan(text: string): Promise<void> {
  const from = Date.now() / 1_000;
  await Promise.all(
    wedgeKeys(text).map(({ type, code, key }, index) =>
      (cdp() as unknown as Keyboard).send('Input.dispatchKeyEvent', {
        type: type === 'keyup' ? 'keyUp' : 'keyDown',
        code,
        key,
        windowsVirtualKeyCode: key === 'Enter' ? 13 : key.charCodeAt(0),
        ...(type === 'keydown' && { text: key === 'Enter' ? '\r' : key }),
        timestamp: from + index / 1_000,
      }),
    ),
  );
}

const unlock = vi.fn(async () => err({ reason: 'wrong-pin', left: 4 }));
const admit = vi.fn(async () => err('no-line'));

test.each([
  ['the PIN of a clerk without a line', 'admitted'],
  ['the code of a counter that is not admitted', 'refused'],
])('where %s is typed a scan goes into no field and is no try', async (_, admission) => {
  const device = {
    admission: () => admission,
    watchAdmission: () => () => undefined,
    admit,
    staff: { accounts: async () => ['staff-42'], unlock },
  };
  const scanners = [keyboardScanner(document, systemTimer)];
  const place = { device, scanners, signsInByCode: false } as unknown as CounterPlace;
  root.render(<CounterPage client={client} place={place} lasting={lasting} />);
  const field = await vi.waitUntil(() => document.querySelector('input'));
  field.focus();
  await scan('420106202611301234');
  await vi.waitFor(() =>
    expect(document.querySelector('.hand-scan-note')?.textContent).toBe(
      fault.handScan['not-awaited'],
    ),
  );
  expect(field.value).toBe('');
  expect(unlock).not.toHaveBeenCalled();
  expect(admit).not.toHaveBeenCalled();
  expect(document.querySelector('.st-fault')?.textContent).toBe('');
});

test('a bug leaves no empty page', async () => {
  const told = vi.spyOn(console, 'error').mockReturnValue();
  const device = {
    admission() {
      throw new Error('broken');
    },
    watchAdmission: () => () => undefined,
  };
  const place = { device, scanners: [], signsInByCode: false } as unknown as CounterPlace;
  root.render(<CounterPage client={client} place={place} lasting={lasting} />);
  await vi.waitFor(() => expect(document.body.textContent).toContain(common.broken.heading));
  expect(document.querySelector('button')?.textContent).toContain(common.broken.again);
  told.mockRestore();
});
