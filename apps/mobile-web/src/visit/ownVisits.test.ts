import type { KeyVault } from '@tongban/core';
import type { Device } from '@tongban/sync';
import { expect, test } from 'vitest';
import { openOwnVisits } from './ownVisits.ts';

/** A phone whose browser says no as soon as a space is to be opened. */
function refusing(name: string) {
  const device = {
    leftVisits: async () => ['5b8e0f5e-2f8e-4a53-9b0e-1d2c3b4a5f60'],
    peekVisit: async () => ({ drafts: [], newer: 0 }),
    receipts: { list: async () => [] },
    openVisit: async () => {
      throw new DOMException('No', name);
    },
  };
  return openOwnVisits(device as unknown as Device, {} as KeyVault);
}

test.each([
  ['QuotaExceededError', 'quota-exceeded'],
  ['InvalidStateError', 'storage-refused'],
])('%s is told as %s, whichever way an application comes here', async (name, error) => {
  const visits = refusing(name);
  const told = { ok: false, error };
  const target = { kind: 'item', id: 'residence-permit' } as const;
  expect(await visits.begin(target, 'zh-CN')).toEqual(told);
  expect(await visits.open('5b8e0f5e-2f8e-4a53-9b0e-1d2c3b4a5f60')).toEqual(told);
  expect(await visits.take('TBH1:bG9j.a2V5')).toEqual(told);
  await visits.tidy();
});

test('a bug is none of a disk’s answers', async () => {
  const visits = refusing('DataCloneError');
  const target = { kind: 'item', id: 'residence-permit' } as const;
  await expect(visits.begin(target, 'zh-CN')).rejects.toThrow('No');
});

test('what has ended is gone, not refused', async () => {
  expect(await refusing('QuotaExceededError').open('gone')).toEqual({ ok: false, error: 'gone' });
});

test('what a newer version of the app wrote is counted, and stays when the rest is tidied up', async () => {
  const ended: string[] = [];
  const lying = new Map([
    ['newer', { drafts: [], newer: 1 }],
    ['over', { drafts: [], newer: 0 }],
  ]);
  const visits = openOwnVisits(
    {
      leftVisits: async () => [...lying.keys()],
      peekVisit: async (id: string) => lying.get(id),
      receipts: { list: async () => [] },
      openVisit: async (id: string) => ({ end: async () => void ended.push(id) }),
    } as unknown as Device,
    {} as KeyVault,
  );
  expect(await visits.own()).toEqual({ unfinished: [], newer: 1 });
  await visits.tidy();
  expect(ended).toEqual(['over']);
});
