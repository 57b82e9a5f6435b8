import { describe, expect, test } from 'vitest';
import { allowed, isMachine, type Press } from './rhythm.ts';

/** An 18-digit number, which begins like no code of ours. */
const number = '320199199403120027';

/** Numbers from 0 to 1, the same at each run. */
function dice(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at * 1_664_525 + 1_013_904_223) >>> 0;
    return (at + 1) / 2 ** 32;
  };
}
function normal(roll: () => number): number {
  return Math.sqrt(-2 * Math.log(roll())) * Math.cos(2 * Math.PI * roll());
}

/** Whether any part of it is taken for a scanner's, as it comes key by key. */
function taken(gap: () => number): boolean {
  let at = 0;
  let presses: Press[] = [];
  for (let key = 0; key < number.length; key += 1) {
    const wait = Math.max(1, gap());
    at += wait;
    if (wait > allowed(0)) presses = [];
    presses.push({ at, shifts: 0 });
    if (isMachine(presses, number.slice(key + 1 - presses.length, key + 1))) return true;
  }
  return false;
}
const times = 20_000;
function count(gap: () => number): number {
  let sum = 0;
  for (let one = 0; one < times; one += 1) if (taken(gap)) sum += 1;
  return sum;
}

describe('the rhythm of keys', () => {
  // Log-normal, as gaps between keys are; a good typist's spread by a third.
  test.each([150, 120, 90])('of a hand at %i ms a key is no scanner’s', (mean) => {
    const roll = dice(mean);
    const spread = Math.sqrt(Math.log(1 + 0.3 ** 2));
    const gap = () => Math.exp(Math.log(mean) - spread ** 2 / 2 + spread * normal(roll));
    expect(count(gap)).toBe(0);
  });

  test.each([10, 20, 35, 50, 65, 80])('of a scanner at %i ms a key is, with its jitter', (pace) => {
    const roll = dice(pace);
    expect(count(() => pace * (1 + 0.05 * normal(roll)))).toBe(times);
  });
});
