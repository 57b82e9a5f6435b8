import type {
  Catalogue,
  Clock,
  Draft,
  DraftStore,
  Envelope,
  FileAddress,
  KeyVault,
  Line,
  Outbox,
  PinLock,
  PublicStatus,
  Random,
  ReceiptStore,
  Result,
  StoreFailure,
  TrustList,
} from '@tongban/core';
import type { JWK } from 'jose';
import type { Centre } from './centre/centre.ts';
import type { Admission, AdmitFailure } from './enrolment/admission.ts';
import type {
  EnrolAnswer,
  HandoverState,
  HealthReport,
  StatusAnswer,
  StatusRequest,
} from './protocol/index.ts';
import type { OfflineStaff } from './staff/offlineStaff.ts';
import type { Surroundings } from './surroundings/surroundings.ts';

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
  /** Version of the app, for those who look after many devices. */
  readonly appVersion?: string;
  /** Hall that a kiosk or counter stands in. */
  readonly hall?: string;
  /** One-use code that production asks a kiosk or counter for at its first enrolment. */
  readonly enrolmentCode?: string;
  /** The centre's public encryption key that the app was built with, for the time before the first contact. */
  readonly shippedCentreKey?: JWK;
  /** Whose credentials count before the centre has said so; left out: nobody's. */
  readonly shippedTrust?: TrustList;
  /** Asks the browser to keep this origin's storage: `() => navigator.storage.persist()`. */
  readonly persist?: () => Promise<boolean>;
  /** Keeps PINs of clerks; only a counter has one. */
  readonly pinLock?: PinLock;
  /** What differs from a browser's page; tests hand it in. */
  readonly surroundings?: Partial<Surroundings>;
}

/** Where one visit's drafts and files live, under a key of its own. */
export interface VisitSpace {
  readonly id: string;
  readonly drafts: DraftStore;
  /** Resolves when another tab has opened this visit: from then on saves here are refused. */
  readonly taken: Promise<void>;
  /** Destroys the key, then the database. Resolves once both are gone from the disk. */
  end(): Promise<void>;
}

export interface PeekedVisit {
  readonly drafts: readonly Draft[];
  /** So many more were written by a newer version of this app. They cannot be read here and must not be destroyed. */
  readonly newer: number;
}

export type AskFailure = 'no-line' | 'unknown-receipt' | 'wrong-id' | 'too-many-attempts';
/** After a {@link StoreFailure} nothing is lost: the same device may take the parcel again. */
export type HandoverFailure = 'no-line' | 'expired' | 'taken' | 'unknown-code' | StoreFailure;
export type GiveFailure = 'no-line' | 'too-large' | StoreFailure;

/** Moving drafts between devices. */
export interface Handover {
  /** Sends the draft's ciphertext; the code (`TBH1:` locator.key) is shown as a QR. The draft is read-only here then. */
  give(
    draft: Draft,
    from: DraftStore,
  ): Promise<Result<{ code: string; expiresAt: string }, GiveFailure>>;
  /** A draft that can still be edited here is never overwritten: the newcomer lies beside it, see {@link compareDrafts}. */
  take(code: string, into: DraftStore): Promise<Result<Draft, HandoverFailure>>;
  state(code: string): Promise<Result<HandoverState, 'no-line'>>;
  /** Makes the draft writable here again, if nobody took it; after a taking the other copy is the one that counts. */
  reclaim(code: string): Promise<Result<HandoverState, 'no-line' | StoreFailure>>;
  /** The code that a draft of this store was given under, so that a reload finds the way back. */
  given(
    draftId: string,
    from: DraftStore,
  ): Promise<{ code: string; expiresAt: string } | undefined>;
  /** The person goes on here although the other copy was taken: both count from now on. */
  goOnHere(draftId: string, store: DraftStore): Promise<Result<Draft, StoreFailure>>;
}

export interface ExportedEntry {
  readonly envelope: Envelope;
  readonly receiptNumber: string;
  readonly files: ReadonlyMap<FileAddress, Uint8Array>;
  readonly lost: readonly FileAddress[];
}

/** Entries in one file, under a key that is only in the code. */
export interface PackedExport {
  /** The file, piece by piece. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  /** `TBX1:` and the key. It is shown and printed; it must not lie on the stick. */
  readonly code: string;
  readonly packed: readonly string[];
  /** Those among them of which this disk has lost a file. */
  readonly lost: readonly string[];
  /** What found no room in this file. */
  readonly left: readonly string[];
}

export type CarryFailure = 'not-a-code' | 'not-an-export' | 'wrong-code' | 'damaged';

export interface TakenIn {
  readonly submissionId: string;
  readonly receiptNumber: string;
  readonly outcome: 'taken-in' | 'here-already' | 'files-lost' | 'another-stands' | StoreFailure;
}

/** Carrying sealed entries to the centre by way of another terminal. */
export interface Carry {
  /** Nothing changes here: they stay, and still go out by themselves. */
  pack(submissionIds: readonly string[]): Promise<PackedExport>;
  /** Notes that these were carried away, so that people see it. */
  carried(submissionIds: readonly string[]): Promise<void>;
  /** Puts what another terminal packed into this outbox; safe to repeat. */
  takeIn(
    file: Uint8Array<ArrayBuffer>,
    code: string,
  ): Promise<Result<readonly TakenIn[], CarryFailure>>;
}

/** One device: its lasting `terminal` database, its line, its outbox at work. */
export interface Device {
  readonly line: Line;
  readonly outbox: Outbox;
  readonly receipts: ReceiptStore;
  /** `undefined` until the first contact with the centre. */
  enrolment(): EnrolAnswer | undefined;
  /** How the centre sees this device, as it last said. */
  admission(): Admission;
  /** Calls back with every change, also one that another tab brought about. */
  watchAdmission(listener: (admission: Admission) => void): () => void;
  /** Asks to be admitted with a code that staff typed. */
  admit(code: string): Promise<Result<Admission, AdmitFailure>>;
  /** Key to seal to: the enrolment's, else the shipped one. `undefined`: sealing waits for the first contact. */
  centreKey(): JWK | undefined;
  /** Asks the centre now. */
  probe(): Promise<void>;
  /** Whether the browser promised to keep what is stored here; `unasked` where the app did not ask. */
  readonly persisted: 'granted' | 'refused' | 'unasked';
  /** Bytes left to this origin, as the browser estimates; `undefined` where it does not tell. Low: take no new visits. */
  room(): Promise<number | undefined>;
  /** Clerks while there is no line; `undefined` where no PINs are kept. */
  readonly staff: OfflineStaff | undefined;
  /** Signs staff in where no page of the identity provider can be shown. */
  readonly codeSignIn: Pick<Centre, 'beginCodeSignIn' | 'askCodeSignIn'>;
  /** How this device stands, also without a line. */
  health(): Promise<HealthReport>;
  /** Offers an entry again that was set aside. */
  resend(submissionId: string): Promise<void>;
  /**
   * Envelope and files of an entry, to be carried to the centre by hand. They stay here; nobody can read them. `lost` are
   * the files that the envelope names and this disk has no longer.
   */
  exportEntry(submissionId: string): Promise<ExportedEntry | undefined>;
  readonly carry: Carry;
  /** The centre's settings for this device, by name. */
  settings(): Promise<Readonly<Record<string, unknown>>>;
  catalogue(): Catalogue;
  /** Whose credentials count now. */
  trust(): TrustList;
  /** Last known public status with the time it was known; `undefined` means "not known here". */
  lastKnown(
    receiptNumber: string,
  ): Promise<{ readonly cases: readonly PublicStatus[]; readonly asOf: string } | undefined>;
  watchStatus(listener: () => void): () => void;
  /** Asks the centre; the private half only with the ID number, and it is never written to disk. */
  askStatus(request: StatusRequest): Promise<Result<StatusAnswer, AskFailure>>;
  /** Opens a visit, or the one named. */
  openVisit(id?: string): Promise<VisitSpace>;
  /** What lies in a visit on the disk, without taking it from the tab that has it; nothing once it has ended. */
  peekVisit(id: string): Promise<PeekedVisit>;
  /**
   * Visits whose key exists. A kiosk ends them at start, a phone reopens them; at a kiosk or counter those that another
   * tab has open are left out.
   */
  leftVisits(): Promise<readonly string[]>;
  readonly handover: Handover;
  /** Stops replication and sender, closes the databases. */
  close(): Promise<void>;
}
