/** The same draws for the same seed. */
export interface Chance {
  /** A whole number from 0 to `bound` − 1. */
  below(bound: number): number;
  one<T>(of: readonly T[]): T;
  /** The value whose share of the weights is drawn. */
  weighted<T>(of: readonly (readonly [weight: number, value: T])[]): T;
}

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    below,
    one: (of) => {
      const found = of[below(of.length)];
      if (found === undefined) throw new Error('Nothing to draw from.');
      return found;
    },
    weighted(of) {
      let ticket = below(of.reduce((sum, [weight]) => sum + weight, 0));
      for (const [weight, value] of of) {
        if (ticket < weight) return value;
        ticket -= weight;
      }
      throw new Error('A ticket beyond the weights.');
    },
  };
}
