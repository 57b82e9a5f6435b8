import { describe, expect, test } from 'vitest';
import { bout } from '../testing/bout.ts';

/** Seeds that once failed, kept with what they found. */
const remembered: readonly (readonly [number, number, string])[] = [
  [111, 60, 'a row that a full disk kept back was taken for the newest once there was room'],
  [
    22494,
    120,
    'a second put in another tab wrote an old row again over what a full disk kept back',
  ],
];

describe('outbox in bad days', () => {
  test.each(Array.from({ length: 10 }, (_, index) => index))(
    '[C2] [O6] [O8] [O9] [O12] [E1] every acknowledged put is at the centre once or set aside: bouts %i',
    async (group) => {
      for (let seed = group * 40; seed < group * 40 + 40; seed++) {
        expect(await bout(seed, 60)).toEqual([]);
      }
    },
  );

  test.each(remembered)('[C2] seed %i, %i steps: %s', async (seed, length) => {
    expect(await bout(seed, length)).toEqual([]);
  });
});
