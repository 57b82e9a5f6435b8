import { type HandScan, type HandScanner, ok } from '@tongban/core';
import { HandScanning, startLanguages } from '@tongban/ui';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import fault from '../../../../../packages/ui/locales/zh-CN/fault.json' with { type: 'json' };
import { ChooseTarget } from './ChooseTarget.tsx';

const listeners = new Set<(scan: HandScan) => void>();
const scanner: HandScanner = {
  watch(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
const scanners = [scanner];

let root: Root;
beforeEach(async () => {
  await startLanguages({ language: 'zh-CN', namespaces: ['common', 'fault', 'staff', 'terminal'] });
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
});
afterEach(() => root.unmount());

test.each([
  ['while one is being taken over', undefined, fault.handScan.busy],
  ['while the terminal is shut', '本机暂停服务', '本机暂停服务'],
])('a code scanned %s is answered, and not taken', async (_, why, sentence) => {
  const onTakeOver = vi.fn();
  root.render(
    <HandScanning scanners={scanners}>
      <ChooseTarget
        catalogue={{ items: [], bundles: [] } as never}
        names={{} as never}
        fault={why}
        busy
        onBegin={() => undefined}
        onTakeOver={onTakeOver}
        onClose={() => undefined}
      />
    </HandScanning>,
  );
  await vi.waitFor(() => expect(document.querySelector('dialog')?.open).toBe(true));
  for (const listener of listeners) listener(ok('TBH1:bG9j.a2V5'));
  await vi.waitFor(() =>
    expect(document.querySelector('.hand-scan-note')?.textContent).toBe(sentence),
  );
  expect(onTakeOver).not.toHaveBeenCalled();
});
