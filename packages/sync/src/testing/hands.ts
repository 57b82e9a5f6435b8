import type { Clock, Random } from '@tongban/core';
import type { Timer } from '../surroundings/timer.ts';

/** A clock that the test sets. */
export function handClock(
  start = '2026-11-23T09:00:00.000Z',
): Clock & { set(ms: number): void; add(ms: number): void } {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    set(ms) {
      now = ms;
    },
    add(ms) {
      now += ms;
    },
  };
}

/** Waits that the test lets pass. */
export function handTimer(): Timer & {
  pass(ms: number): void;
  cancelAll(): void;
  readonly waits: readonly number[];
} {
  let now = 0;
  const due: { at: number; then: () => void }[] = [];
  return {
    after(ms, then) {
      const wait = { at: now + ms, then };
      due.push(wait);
      return () => {
        const index = due.indexOf(wait);
        if (index !== -1) due.splice(index, 1);
      };
    },
    /** In order of time; what falls due on the way may set new waits. */
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const next = due.filter((wait) => wait.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        due.splice(due.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.then();
      }
      now = end;
    },
    cancelAll() {
      due.length = 0;
    },
    get waits() {
      return due.map((wait) => wait.at - now);
    },
  };
}

/** Mulberry32: the same bytes for the same seed. */
export function seededRandom(seed: number): Random & { below(bound: number): number } {
  let state = seed >>> 0;
  function word(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }
  return {
    bytes: (length) => Uint8Array.from({ length }, () => word() & 0xff),
    below: (bound) => word() % bound,
  };
}
