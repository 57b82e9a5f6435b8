import type { Target } from '@tongban/core';
import { expect, test } from 'vitest';
import { type CounterPlace, openFilings } from './filings.ts';

const target: Target = { kind: 'item', id: 'residence-permit' };
const filing = { mode: 'assisted', staff: 'C3-0217', staffName: '周岚' } as const;

/** A counter whose disk answers everything with this. */
function on(name: string) {
  const refuse = () => Promise.reject(new DOMException('no', name));
  return openFilings({
    device: {
      openVisit: refuse,
      peekVisit: refuse,
      leftVisits: refuse,
      catalogue: () => ({}),
      outbox: {},
    },
  } as unknown as CounterPlace);
}

test('a disk that says no is an answer to each thing a window wants of it', async () => {
  const filings = on('UnknownError');
  const refused = { ok: false, error: 'storage-refused' };
  expect(await filings.begin(target, filing, 'zh-CN')).toEqual(refused);
  expect(await filings.takeOver('TBH1:x', filing)).toEqual(refused);
  expect(await filings.open('a')).toEqual(refused);
  expect(await filings.left(filing.staff)).toEqual(refused);
  expect(await filings.end('a')).toEqual(refused);
  expect(await on('QuotaExceededError').begin(target, filing, 'zh-CN')).toEqual({
    ok: false,
    error: 'quota-exceeded',
  });
});

test('a bug is no answer of the disk', async () => {
  await expect(on('DataError').begin(target, filing, 'zh-CN')).rejects.toThrow('no');
});

test('a code that cannot be taken over says why, and its space ends', async () => {
  const ended: string[] = [];
  const filings = openFilings({
    device: {
      openVisit: async () => ({ drafts: {}, end: async () => void ended.push('a') }),
      handover: { take: async () => ({ ok: false, error: 'taken' }) },
    },
  } as unknown as CounterPlace);
  expect(await filings.takeOver('TBH1:x', filing)).toEqual({ ok: false, error: 'taken' });
  expect(ended).toEqual(['a']);
});

test('what a newer version of the app wrote at this window is not ended for being unreadable', async () => {
  const ended: string[] = [];
  const filings = openFilings({
    device: {
      leftVisits: async () => ['newer', 'over'],
      peekVisit: async (id: string) => ({ drafts: [], newer: id === 'newer' ? 1 : 0 }),
      openVisit: async (id: string) => ({
        drafts: { list: async () => [] },
        end: async () => void ended.push(id),
      }),
    },
  } as unknown as CounterPlace);
  expect(await filings.left(filing.staff)).toEqual({ ok: true, value: [] });
  expect(await filings.open('newer')).toEqual({ ok: true, value: undefined });
  expect(ended).toEqual(['over']);
});
