import { demonstrationIssuer } from '@tongban/catalogue/demonstration';
import { type HandScan, type HandScanner, issueCredential, ok } from '@tongban/core';
import { useRef } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import fault from '../../locales/zh-CN/fault.json' with { type: 'json' };
import journey from '../../locales/zh-CN/journey.json' with { type: 'json' };
import { Dialog } from '../dialog/Dialog.tsx';
import { IdentityScreen } from '../journey/IdentityScreen.tsx';
import { evidence, journeyOnStage } from '../journey/testing/onStage.tsx';
import { startLanguages } from '../language/start.ts';
import type { ScannedCode } from '../scan/index.ts';
import { HandScanning, useHandScan } from './index.ts';

const listeners = new Set<(scan: HandScan) => void>();
const scanner: HandScanner = {
  watch(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
const scanners = [scanner];
const hear = (scan: HandScan) => {
  for (const listener of [...listeners]) listener(scan);
};
const note = () => document.querySelector('.hand-scan-note');
const said = (sentence: string) =>
  vi.waitFor(() => expect(note()?.textContent).toBe(sentence), { timeout: 5_000 });

let root: Root;
beforeEach(async () => {
  document.documentElement.dataset.place = 'kiosk';
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
  await startLanguages({ language: 'zh-CN', namespaces: ['common', 'fault', 'journey', 'scan'] });
});
afterEach(() => {
  root.unmount();
  vi.restoreAllMocks();
});
const listening = () => vi.waitFor(() => expect(listeners.size).toBe(1));

test('what no screen awaits is said, an address is not opened, and a touch puts the sentence away', async () => {
  const open = vi.spyOn(window, 'open');
  root.render(<HandScanning scanners={scanners}>…</HandScanning>);
  await listening();
  hear(ok('https://example.org/'));
  await said(fault.handScan['not-awaited']);
  expect(open).not.toHaveBeenCalled();
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  await vi.waitFor(() => expect(note()).toBeNull());
  hear({ ok: false, error: 'caps-lock' });
  await said(fault.handScan['caps-lock']);
});

test('while it is asked whether anybody is there, nobody is heard', async () => {
  const onScan = vi.fn();
  const at = (paused: boolean) => (
    <HandScanning scanners={scanners} paused={paused} onScan={onScan}>
      …
    </HandScanning>
  );
  root.render(at(true));
  await listening();
  hear(ok('TB1:x'));
  root.render(at(false));
  await vi.waitFor(() => {
    hear(ok('TB1:x'));
    expect(onScan).toHaveBeenCalled();
  });
});

test('a code that lies under a scanner is heard again and again, and is somebody’s once', async () => {
  const onScan = vi.fn();
  root.render(
    <HandScanning scanners={scanners} onScan={onScan}>
      …
    </HandScanning>,
  );
  await listening();
  for (let time = 0; time < 5; time += 1) hear(ok('TB1:x'));
  expect(onScan).toHaveBeenCalledTimes(1);
  hear(ok('TB1:y'));
  for (let time = 0; time < 5; time += 1) hear({ ok: false, error: 'unreadable' });
  hear(ok('TB1:x'));
  expect(onScan).toHaveBeenCalledTimes(4);
});

function Slow({ looking }: { readonly looking: Promise<undefined> }) {
  useHandScan(() => looking);
  return '…';
}

test('what comes while a code is still being worked on is said not to count', async () => {
  const looking = Promise.withResolvers<undefined>();
  root.render(
    <HandScanning scanners={scanners}>
      <Slow looking={looking.promise} />
    </HandScanning>,
  );
  await listening();
  hear(ok('TBH1:bG9j.a2V5'));
  hear(ok('TB1:x'));
  await said(fault.handScan.busy);
  looking.resolve(undefined);
  await vi.waitFor(() => {
    hear(ok('TB1:x'));
    expect(note()).toBeNull();
  });
});

function Page({ take }: { readonly take: (where: string, code: ScannedCode) => void }) {
  useHandScan(async (code) => void take('page', code));
  return <Inside take={take} />;
}
function Inside({ take }: { readonly take: (where: string, code: ScannedCode) => void }) {
  const inside = useRef<HTMLParagraphElement>(null);
  useHandScan(
    async (code) => {
      take('dialog', code);
      return code.meaning.kind === 'handover' ? undefined : '要扫的是接着办的码';
    },
    { within: inside },
  );
  return (
    <Dialog name="take-over" heading="接着办" onClose={() => undefined}>
      <p ref={inside}>扫码</p>
    </Dialog>
  );
}

test('under a dialog only the dialog awaits codes, and what it says stands in it', async () => {
  const take = vi.fn();
  root.render(
    <HandScanning scanners={scanners}>
      <Page take={take} />
    </HandScanning>,
  );
  await listening();
  await vi.waitFor(() => expect(document.querySelector('dialog')?.open).toBe(true));
  hear(ok('https://example.org/'));
  await said('要扫的是接着办的码');
  expect(note()?.closest('dialog')).not.toBeNull();
  hear(ok('TBH1:bG9j.a2V5'));
  await vi.waitFor(() => expect(take).toHaveBeenCalledTimes(2));
  expect(take.mock.calls.map(([where]) => where)).toEqual(['dialog', 'dialog']);
});

test('on the identity screen a code says who somebody is, in the camera’s words where it does not', async () => {
  const { attributes } = evidence;
  const begun = new Date(Date.now() - 60_000);
  const about = { kind: 'identity', attributes } as const;
  const jws = await issueCredential(demonstrationIssuer, about, begun, 30);
  const onIdentified = vi.fn();
  const stage = await journeyOnStage();
  stage.show(
    <HandScanning scanners={scanners}>
      <IdentityScreen onBack={() => undefined} onIdentified={onIdentified} />
    </HandScanning>,
  );
  await listening();
  hear(ok('https://example.org/'));
  await said(fault.code['web-address']);
  hear(ok(`${jws.slice(0, -3)}AAA`));
  await said(fault.credential['bad-signature']);
  // Where a camera looks for the code, and cannot, it is as good.
  await page.getByRole('button', { name: new RegExp(`^${journey.identity.code}`) }).click();
  await vi.waitFor(() => expect(document.querySelector('.scan')).not.toBeNull(), 10_000);
  hear(ok(jws));
  await vi.waitFor(() => expect(onIdentified).toHaveBeenCalled());
  await vi.waitFor(() => expect(note()).toBeNull());
});
