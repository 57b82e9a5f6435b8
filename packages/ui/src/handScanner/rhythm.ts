import { beginsLikeCode } from './asMeant.ts';

/** Milliseconds. Scanners take 10 to 80 for a key; some more are the machine's. */
const longestGap = 100;

/** Milliseconds to the next key of a scanner at most. Shift is a key of its own, half of one each time it goes down or up. */
export const allowed = (shifts: number) => longestGap * (1 + shifts / 2);

/** A key that went down. */
export interface Press {
  /** Milliseconds. */
  readonly at: number;
  /** How often Shift went down or up since the key before. */
  readonly shifts: number;
}

/** Keys in a row that nobody's fingers bring about in this time. */
const fast = { keys: 6, gap: 35 };
/** As many as it takes to see that they come as evenly as no hand types. `spread` is the standard deviation over the mean. */
const even = { keys: 16, spread: 0.1, leastSpread: 3 };
/** Characters that show how a code begins. */
const beginning = 5;

/**
 * Whether keys that follow each other in the {@link allowed} time are a scanner's. A fast scanner shows in six keys. A
 * slow one is no faster than a very good typist, but even: a hand's gaps spread by a fifth and more. And nobody types
 * the beginning of a code at this pace.
 */
export function isMachine(presses: readonly Press[], text: string): boolean {
  if (text.length >= beginning && beginsLikeCode(text)) return true;
  const gaps = presses.slice(1).map(({ at, shifts }, index) => ({
    gap: at - (presses[index]?.at ?? at),
    shifts,
  }));
  const last = gaps.slice(1 - fast.keys);
  const longest = (shifts: number) => (fast.gap / longestGap) * allowed(shifts);
  if (presses.length >= fast.keys && last.every(({ gap, shifts }) => gap <= longest(shifts)))
    return true;
  if (presses.length < even.keys) return false;
  return [0, 1, 2].every((among) =>
    isEven(gaps.filter(({ shifts }) => shifts === among).map(({ gap }) => gap)),
  );
}

function isEven(gaps: readonly number[]): boolean {
  if (gaps.length < 2) return true;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  return Math.sqrt(variance) <= Math.max(even.leastSpread, even.spread * mean);
}
