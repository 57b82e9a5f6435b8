import type { IdentityEvidence } from '../identity/evidence.ts';
import type { Result } from '../result.ts';

/**
 * Why a card was not read, by who can do something about it.
 * The person lifts the card and puts it down again: `read-failed`, `lift-card` (it was read, and is read once).
 * The person takes another card or goes to a counter: `wrong-card` (no resident card), `not-authentic` (the reader's
 * security module and the chip do not know each other), `contradiction` (the chip's own statements do not agree),
 * `card-expired`, `not-served` (a card that no service here can be asked with).
 * The person waits or takes another way, staff look at the cable: `no-reader` (none there, or unplugged), `no-answer`.
 * Staff send for help: `self-test` (the security module is broken), `unlicensed` (it may not work here).
 */
export type ReaderFailure =
  | 'no-reader'
  | 'no-answer'
  | 'self-test'
  | 'unlicensed'
  | 'read-failed'
  | 'lift-card'
  | 'wrong-card'
  | 'not-authentic'
  | 'contradiction'
  | 'card-expired'
  | 'not-served';

/** A resident-card reader. A simulator names itself in `IdentityEvidence.device`. */
export interface IdReader {
  /**
   * Waits for a card until `signal` aborts; then resolves to `undefined`. That there is no reader it says at once, also
   * when it is unplugged while a card is waited for: asked again, it waits as soon as it is back. For some time
   * after a card was read it says `lift-card` instead, at most a few times a second: it cannot tell whether one lies there.
   */
  read(signal: AbortSignal): Promise<Result<IdentityEvidence, ReaderFailure> | undefined>;
}
