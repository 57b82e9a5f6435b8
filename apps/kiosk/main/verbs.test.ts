import { describe, expect, it } from 'vitest';
import type { Refusal } from './guards.ts';
import type { MainPinLock } from './pinLock.ts';
import type { Vault } from './vault.ts';
import { answerVerbs, pinHandlers, vaultHandlers, verbs } from './verbs.ts';

type Answer = (
  event: { senderFrame: { url: string; parent: unknown } | null },
  ...args: unknown[]
) => Promise<unknown>;

function bridge() {
  const channels = new Map<string, Answer>();
  const refused: Refusal[] = [];
  const vault = {
    openVisitKey: async () => undefined,
    sign: async (data: Uint8Array) => data,
  } as unknown as Vault;
  answerVerbs(
    (channel, answer) => channels.set(channel, answer),
    {
      ...vaultHandlers(vault),
      ...pinHandlers({} as MainPinLock),
      'reader.read': async () => undefined,
      'reader.stop': async () => undefined,
      'scanner.next': async () => undefined,
      installation: async () => ({}),
      saveExport: async () => true,
      endVisit: async () => undefined,
    },
    (refusal) => refused.push(refusal),
  );
  return {
    refused,
    ask: (verb: string, url: string, ...args: unknown[]) =>
      channels.get(verb)?.({ senderFrame: { url, parent: null } }, ...args),
    channels,
  };
}

describe('the bridge', () => {
  it('answers exactly the verbs it names', () => {
    expect([...bridge().channels.keys()]).toEqual(Object.keys(verbs));
  });

  it('answers our page', async () => {
    const { ask } = bridge();
    expect(await ask('vault.sign', 'app://tongban/kiosk/', new Uint8Array([1]))).toEqual(
      new Uint8Array([1]),
    );
  });

  it.each([
    'https://evil.example/',
    'app://tongban.evil/',
    'app://other/',
    'file:///etc/passwd',
    'about:blank',
  ])('refuses %s and says so in the log', async (url) => {
    const { ask, refused } = bridge();
    await expect(ask('vault.sign', url, new Uint8Array([1]))).rejects.toThrow('refused');
    expect(refused).toEqual([{ what: 'ipc', detail: 'vault.sign' }]);
  });

  it.each([
    ['vault.sign', ['text']],
    ['vault.sign', [new Uint8Array(2_000_001)]],
    ['vault.sign', []],
    ['saveExport', ['../tongban-a.tbx', new Uint8Array([1])]],
    ['saveExport', ['tongban-a.exe', new Uint8Array([1])]],
    ['saveExport', ['tongban-a.tbx', 'text']],
    ['vault.openVisitKey', ['../../etc/passwd']],
    ['vault.openVisitKey', ['a', 'b']],
    ['vault.keepIssuingChain', [[]]],
    ['scanner.next', ['all']],
    ['pin.open', ['window3', '12345']],
    ['pin.open', ['window3', '12345x']],
    ['pin.set', ['', '123456', new Uint8Array([1])]],
  ])('refuses %s with arguments of another shape', async (verb, args) => {
    await expect(bridge().ask(verb, 'app://tongban/kiosk/', ...args)).rejects.toThrow('refused');
  });

  it('refuses a frame inside the page', async () => {
    const { channels } = bridge();
    const answer = channels.get('endVisit');
    await expect(
      answer?.({ senderFrame: { url: 'app://tongban/kiosk/', parent: {} } }),
    ).rejects.toThrow('refused');
  });
});
