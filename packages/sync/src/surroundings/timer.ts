export { systemTimer, type Timer } from '@tongban/core';

/** Full jitter: evenly between nothing and a bound that doubles from one second to five minutes. */
export const backOffCap = 5 * 60_000;

export function backOff(attempt: number, random: { bytes(length: number): Uint8Array }): number {
  const bound = Math.min(backOffCap, 1000 * 2 ** Math.min(attempt, 20));
  return fraction(random) * bound;
}

/** Evenly in [0, 1). */
function fraction(random: { bytes(length: number): Uint8Array }): number {
  const bytes = random.bytes(4);
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value / 2 ** 32;
}
