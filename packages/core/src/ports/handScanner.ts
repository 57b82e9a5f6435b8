import type { Result } from '../result.ts';

/**
 * Why what a hand scanner sent is no code's text: longer than any code; bytes or keys that are no text, as a loose plug
 * sends them; large and small letters that cannot be told apart, since caps lock is on.
 */
export type HandScanFailure = 'too-long' | 'unreadable' | 'caps-lock';

/** What one pull of the trigger gave: the code's text, without what the scanner sends behind it. */
export type HandScan = Result<string, HandScanFailure>;

/**
 * A scanner in the hand, or one that is built in. Nobody waits for it: a code comes when somebody scans one. What comes
 * while nobody watches is lost, so that it cannot reach the next person.
 */
export interface HandScanner {
  /** Hands on every scan from now on, until the returned function is called. */
  watch(listener: (scan: HandScan) => void): () => void;
}
