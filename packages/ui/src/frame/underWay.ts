import type { OutboxState } from '@tongban/core';

/** Below this nobody waits long enough to read how far it is, in bytes. */
const worthSaying = 100_000;

/**
 * How much of what is being sent the centre holds, and how much there is, in megabytes as people read them: `3` of `5`,
 * `0.4` of `1.2`. `undefined` while nothing is sent, or so little that it is there at once.
 */
export function underWay(
  states: Iterable<OutboxState | undefined>,
): { readonly sent: string; readonly total: string } | undefined {
  let [sent, total] = [0, 0];
  for (const state of states) {
    if (state?.at !== 'sending') continue;
    sent += state.sentBytes;
    total += state.totalBytes;
  }
  if (total < worthSaying) return undefined;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(total < 10e6 ? 1 : 0);
  return { sent: megabytes(sent), total: megabytes(total) };
}
