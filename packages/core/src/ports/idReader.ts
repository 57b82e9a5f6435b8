import type { IdentityEvidence } from '../identity/evidence.ts';
import type { Result } from '../result.ts';

export type ReaderFailure = 'no-reader' | 'read-failed' | 'lift-card' | 'not-authentic';

/** A resident-card reader. A simulator names itself in `IdentityEvidence.device`. */
export interface IdReader {
  /** Waits for a card until `signal` aborts; then resolves to `undefined`. */
  read(signal: AbortSignal): Promise<Result<IdentityEvidence, ReaderFailure> | undefined>;
}
