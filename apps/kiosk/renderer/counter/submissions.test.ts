import type { CaseState } from '@tongban/core';
import type { CaseRow } from '@tongban/sync/protocol';
import { expect, test } from 'vitest';
import { nextWaiting, submissionsOf } from './submissions.ts';

function row(receipt: string, state: CaseState, more: Partial<CaseRow> = {}): CaseRow {
  return {
    caseNumber: `${receipt}-${more.item ?? 'residence-permit'}`,
    receiptNumber: receipt,
    item: 'residence-permit',
    applicant: '丁小禾',
    state,
    department: 'police',
    gap: false,
    receivedAt: '2026-11-23T06:00:00.000Z',
    updatedAt: '2026-11-23T06:00:00.000Z',
    ...more,
  };
}

test('cases of one receipt stand before the counter as one, under the state that presses most', () => {
  const [one, ...others] = submissionsOf([
    row('A', 'waiting', { item: 'medical-insurance', bundle: 'newborn' }),
    row('A', 'received', { item: 'birth-certificate', bundle: 'newborn', ticket: 'A031' }),
  ]);
  expect(others).toEqual([]);
  expect(one).toMatchObject({
    receiptNumber: 'A',
    target: { kind: 'bundle', id: 'newborn' },
    ticket: 'A031',
    state: 'received',
    waits: true,
  });
});

test('who waits for the counter comes first, longest waiting first; the rest newest first', () => {
  const list = submissionsOf([
    row('granted', 'granted', { updatedAt: '2026-11-23T07:00:00.000Z' }),
    row('later', 'received', { receivedAt: '2026-11-23T06:30:00.000Z' }),
    row('accepted', 'accepted', { updatedAt: '2026-11-23T07:30:00.000Z' }),
    row('declared', 'awaiting-confirmation', { receivedAt: '2026-11-23T06:10:00.000Z' }),
    row('faulty', 'accepted', { correction: 'answers', receivedAt: '2026-11-23T06:05:00.000Z' }),
  ]);
  expect(list.map((one) => one.receiptNumber)).toEqual([
    'faulty',
    'declared',
    'later',
    'accepted',
    'granted',
  ]);
});

test('next goes through those who wait and begins anew after the last', () => {
  const list = submissionsOf([
    row('a', 'received', { receivedAt: '2026-11-23T06:00:00.000Z' }),
    row('b', 'received', { receivedAt: '2026-11-23T06:01:00.000Z' }),
    row('c', 'granted'),
  ]);
  expect(nextWaiting(list, undefined)?.receiptNumber).toBe('a');
  expect(nextWaiting(list, 'a')?.receiptNumber).toBe('b');
  expect(nextWaiting(list, 'b')?.receiptNumber).toBe('a');
  expect(nextWaiting(list, 'c')?.receiptNumber).toBe('a');
  expect(nextWaiting([], 'a')).toBeUndefined();
  expect(nextWaiting(list.slice(0, 1), 'a')).toBeUndefined();
});
