/**
 * Waiting, apart from the clock: a wait is a length, and setting the clock changes nothing in it. Tests turn it by hand.
 */
export interface Timer {
  /** Calls `then` after `ms`; returns the way to cancel. */
  after(ms: number, then: () => void): () => void;
}

export const systemTimer: Timer = {
  after(ms, then) {
    const handle = setTimeout(then, ms);
    return () => clearTimeout(handle);
  },
};
