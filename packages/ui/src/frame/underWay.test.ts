import type { OutboxState } from '@tongban/core';
import { expect, test } from 'vitest';
import { underWay } from './underWay.ts';

const sending = (sentBytes: number, totalBytes: number): OutboxState => ({
  at: 'sending',
  sentBytes,
  totalBytes,
});

test('what is under way adds up, and is said in megabytes', () => {
  expect(underWay([sending(400_000, 1_230_000), { at: 'saved' }, undefined])).toEqual({
    sent: '0.4',
    total: '1.2',
  });
  expect(underWay([sending(3_000_000, 10_400_000), sending(9_000_000, 10_000_000)])).toEqual({
    sent: '12',
    total: '20',
  });
});

test('nothing, or next to nothing, is not counted out', () => {
  expect(underWay([{ at: 'saved' }, { at: 'received', receivedAt: '' }])).toBeUndefined();
  expect(underWay([sending(0, 4_000)])).toBeUndefined();
});
