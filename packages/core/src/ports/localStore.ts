import type { FileAddress } from '../ids.ts';
import type { Draft } from '../journey/draft.ts';
import type { Receipt } from '../journey/receipt.ts';
import type { Result } from '../result.ts';
import type { Envelope } from '../seal/envelope.ts';

/** Why nothing could be written. The screen says it and keeps what is on it. */
export type StoreFailure = 'quota-exceeded' | 'storage-refused';

/** The `visit` database: drafts and their files, encrypted, never replicated. A promise resolves once it is on the disk. */
export interface DraftStore {
  save(draft: Draft): Promise<Result<void, StoreFailure>>;
  load(id: string): Promise<Draft | undefined>;
  /** Newest first. */
  list(): Promise<readonly Draft[]>;
  /** Removes the draft; its files go with {@link DraftStore.removeFile}. */
  remove(id: string): Promise<Result<void, StoreFailure>>;
  putFile(address: FileAddress, ciphertext: Uint8Array): Promise<Result<void, StoreFailure>>;
  /** `undefined` when it is not here (any more). */
  getFile(address: FileAddress): Promise<Uint8Array | undefined>;
  /** Forgets one file; without effect when it is not here. */
  removeFile(address: FileAddress): Promise<Result<void, StoreFailure>>;
}

/** What the outbox shows of one envelope. The words mean what the centre said, nothing more. */
export type OutboxState =
  | {
      readonly at: 'saved';
      /** The centre has closed this terminal: it waits for a person to open it again, or to carry it elsewhere. */
      readonly waits?: 'terminal-closed';
    }
  | { readonly at: 'sending'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly at: 'received'; readonly receivedAt: string }
  | { readonly at: 'set-aside'; readonly reason: string };

export interface OutboxEntry {
  readonly submissionId: string;
  readonly receiptNumber: string;
  readonly kind: Envelope['kind'];
  readonly createdAt: string;
  readonly state: OutboxState;
  /** When it was carried away on a stick, ISO 8601; it is still here. */
  readonly carriedAt?: string;
}

/** The way out: sealed envelopes and their files, worked off whenever there is a line. */
export interface Outbox {
  /**
   * Resolves once envelope and all files are on the disk. Idempotent by submission id: the first one stands, and one with
   * another content is told so (`another-stands`), since a receipt for it would name what is never sent.
   */
  put(
    envelope: Envelope,
    receiptNumber: string,
    files: ReadonlyMap<FileAddress, Uint8Array>,
  ): Promise<Result<void, StoreFailure | 'another-stands'>>;
  list(): Promise<readonly OutboxEntry[]>;
  /** Calls back at once and after every change; returns the way to stop. */
  watch(listener: (entries: readonly OutboxEntry[]) => void): () => void;
}

/** Receipts kept on a person's own device (never on a kiosk). */
export interface ReceiptStore {
  keep(receipt: Receipt): Promise<Result<void, StoreFailure>>;
  list(): Promise<readonly Receipt[]>;
}
