import type { Outbox, OutboxEntry, OutboxState, Result } from '@tongban/core';

/** Entries in one file, and the code that alone opens it. */
export interface PackedTray {
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly code: string;
  readonly packed: readonly string[];
  readonly lost: readonly string[];
  readonly left: readonly string[];
}

export interface TakenInRow {
  readonly submissionId: string;
  readonly receiptNumber: string;
  readonly outcome: string;
}

/** What the tray works with; a device of sync is one. */
export interface TrayDesk {
  readonly outbox: Outbox;
  resend(submissionId: string): Promise<void>;
  readonly carry: {
    pack(submissionIds: readonly string[]): Promise<PackedTray>;
    carried(submissionIds: readonly string[]): Promise<void>;
    takeIn(
      file: Uint8Array<ArrayBuffer>,
      code: string,
    ): Promise<Result<readonly TakenInRow[], string>>;
  };
}

/** Everything that the centre has not answered for: what a person must look after first, then the oldest. */
export function trayOf(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const weight = ({ at }: OutboxState) => (at === 'set-aside' ? 0 : 1);
  return entries
    .filter(({ state }) => state.at !== 'received')
    .toSorted((a, b) => weight(a.state) - weight(b.state) || (a.createdAt < b.createdAt ? -1 : 1));
}

/** Reasons that have words of their own; whatever a newer app may have left here has the common ones. */
export const reasons = [
  'cannot-decrypt',
  'bad-signature',
  'hash-mismatch',
  'wrong-terminal',
  'conflicting-submission',
  'protocol-too-old',
  'malformed',
  'refused-otherwise',
  'echo-mismatch',
  'file-lost',
  'envelope-lost',
  'file-refused',
] as const;

/** Key of the sentence that says why an entry is still here. */
export function wordsFor(state: OutboxState): string {
  switch (state.at) {
    case 'set-aside':
      return `reason.${reasons.find((one) => one === state.reason) ?? 'refused-otherwise'}`;
    case 'saved':
      return state.waits === undefined ? 'waiting' : 'closed';
    case 'sending':
      return 'sending';
    case 'received':
      return 'received';
  }
}
