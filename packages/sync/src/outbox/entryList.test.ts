import { describe, expect, test } from 'vitest';
import { seededRandom } from '../testing/hands.ts';
import type { Entry, EntryState } from './entry.ts';
import { entryList } from './entryList.ts';

function entry(id: string, createdAt: string, state: EntryState): Entry {
  return {
    id,
    kind: 'application',
    receiptNumber: id,
    manifestHash: 'hash',
    createdAt,
    files: [],
    envelopeSize: 1,
    state,
  };
}

const saved: EntryState = { at: 'saved', sent: [] };
const received: EntryState = { at: 'received', receivedAt: 't', epoch: 'e', keepUntil: 't' };

describe('entries in memory', () => {
  test('[O6] oldest first, and only those to send are due, whatever came in which order', () => {
    const random = seededRandom(3);
    const list = entryList();
    const reference = new Map<string, Entry>();
    for (let step = 0; step < 3_000; step++) {
      const id = `s${random.below(60)}`;
      if (random.below(5) === 0) {
        list.delete(id);
        reference.delete(id);
      } else {
        const before = reference.get(id)?.createdAt;
        const at = random.below(20) === 0 ? undefined : before;
        const made = `2026-11-${10 + random.below(20)}T09:00:00.000Z`;
        const one = entry(id, at ?? made, random.below(2) === 0 ? saved : received);
        list.set(one);
        reference.set(id, one);
      }
      const expected = [...reference.values()].sort((a, b) =>
        a.createdAt + a.id < b.createdAt + b.id ? -1 : 1,
      );
      expect(list.all()).toEqual(expected);
      expect(list.due()).toEqual(expected.filter(({ state }) => state.at === 'saved'));
    }
    expect(list.shown()).toBe(list.shown());
    expect(list.shown().map(({ submissionId }) => submissionId)).toEqual(
      list.all().map(({ id }) => id),
    );
  });
});
