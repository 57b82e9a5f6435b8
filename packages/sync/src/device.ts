import type {
  Catalogue,
  Clock,
  Draft,
  DraftStore,
  KeyVault,
  Line,
  Outbox,
  PublicStatus,
  Random,
  ReceiptStore,
  Result,
} from '@tongban/core';
import type { EnrolAnswer, HandoverState, StatusAnswer, StatusRequest } from './protocol/index.ts';

/** What a device needs from its place. */
export interface DeviceOptions {
  /** Names the local databases, so that two apps on one origin never meet. */
  readonly app: 'kiosk' | 'counter' | 'phone';
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: typeof globalThis.fetch;
  /** Prefix of `/api/v1/…`; empty for the page's own origin. */
  readonly origin: string;
  /** The catalogue the app was built with; a newer one that came by replication takes its place. */
  readonly shippedCatalogue: Catalogue;
}

/** Where one visit's drafts and files live, under a key of its own. */
export interface VisitSpace {
  readonly id: string;
  readonly drafts: DraftStore;
  /** Destroys the key, then the database. Resolves once both are gone from the disk. */
  end(): Promise<void>;
}

export type AskFailure = 'no-line' | 'unknown-receipt' | 'wrong-id' | 'too-many-attempts';
export type HandoverFailure = 'no-line' | 'expired' | 'taken' | 'unknown-code';

/** One device: its lasting `terminal` database, its line, its outbox at work. */
export interface Device {
  readonly line: Line;
  readonly outbox: Outbox;
  readonly receipts: ReceiptStore;
  /** `undefined` until the first contact with the centre. */
  enrolment(): EnrolAnswer | undefined;
  catalogue(): Catalogue;
  /** Last known public status with the time it was known; `undefined` means "not known here". */
  lastKnown(
    receiptNumber: string,
  ): Promise<{ readonly cases: readonly PublicStatus[]; readonly asOf: string } | undefined>;
  watchStatus(listener: () => void): () => void;
  /** Asks the centre; the private half only with the ID number, and it is never written to disk. */
  askStatus(request: StatusRequest): Promise<Result<StatusAnswer, AskFailure>>;
  /** Opens a visit, or the one named. */
  openVisit(id?: string): Promise<VisitSpace>;
  /** Visits that a crash or a power cut left behind. A kiosk ends them at start, a phone reopens them. */
  leftVisits(): Promise<readonly string[]>;
  readonly handover: {
    /** Sends the draft's ciphertext; the code (`TBH1:` locator.key) is shown as a QR. */
    give(
      draft: Draft,
      from: DraftStore,
    ): Promise<Result<{ code: string; expiresAt: string }, 'no-line'>>;
    take(code: string, into: DraftStore): Promise<Result<Draft, HandoverFailure>>;
    state(code: string): Promise<Result<HandoverState, 'no-line'>>;
    /** Makes the draft writable here again, if nobody took it; after a taking the other copy is the one that counts. */
    reclaim(code: string): Promise<Result<HandoverState, 'no-line'>>;
  };
  /** Stops replication and sender, closes the databases. */
  close(): Promise<void>;
}
