import type { OutboxEntry, PublicStatus, Receipt } from '@tongban/core';
import { describe, expect, test } from 'vitest';
import { arrivalOf } from './arrival.ts';

const receipt = { number: 'N', sealedAt: '2026-11-23T06:41:00Z' } as Receipt;
const entry = (state: OutboxEntry['state']) => ({ receiptNumber: 'N', state }) as OutboxEntry;
const status = (...kinds: string[]) =>
  ({ events: kinds.map((kind) => ({ kind, at: '2026-11-24T01:00:00Z' })) }) as PublicStatus;
const filled = (arrival: ReturnType<typeof arrivalOf>) =>
  arrival.points.filter((point) => point.at !== undefined).map((point) => point.name);

describe('what the receipt says', () => {
  test('a sealed case is saved and nothing more, even while bytes are on their way', () => {
    const sending = entry({ at: 'sending', sentBytes: 10, totalBytes: 20 });
    expect(arrivalOf(receipt, sending, []).at).toBe('saved');
    expect(filled(arrivalOf(receipt, sending, []))).toEqual(['saved']);
  });
  test('the centre’s answer fills sent and received together', () => {
    const arrival = arrivalOf(
      receipt,
      entry({ at: 'received', receivedAt: '2026-11-23T06:42:00Z' }),
      [],
    );
    expect(arrival.at).toBe('received');
    expect(filled(arrival)).toEqual(['saved', 'sent', 'received']);
  });
  test('a bundle is accepted when its last case is', () => {
    const received = entry({ at: 'received', receivedAt: '2026-11-23T06:42:00Z' });
    const one = arrivalOf(receipt, received, [status('received', 'accepted'), status('received')]);
    expect(one.at).toBe('received');
    const all = arrivalOf(receipt, received, [
      status('received', 'accepted'),
      status('received', 'accepted'),
    ]);
    expect(all.at).toBe('accepted');
  });
  test('an envelope that the centre could not open is set aside, and says so', () => {
    expect(arrivalOf(receipt, entry({ at: 'set-aside', reason: 'cannot-decrypt' }), []).at).toBe(
      'setAside',
    );
  });
});
