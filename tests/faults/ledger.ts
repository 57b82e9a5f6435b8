import type { Made } from './page.ts';

/** What was promised to people during a round, and what may excuse its not arriving. */
export interface Ledger {
  /** Acknowledged envelopes, by submission id, each at the client that said "saved". */
  readonly saved: Map<string, { readonly made: Made; readonly client: number }>;
  /** Poisoned ones, and ones whose file was damaged on purpose: these may be set aside. */
  readonly excused: Set<string>;
  /** Newest acknowledged edit of each client. */
  readonly edits: Map<number, number>;
  /** Acts of staff that were acknowledged, by their keys, each in the life of the database that it was done in. */
  readonly decided: Map<
    string,
    { readonly caseNumber: string; readonly action: string; readonly restores: number }
  >;
  /** Times that the database was put back to an older copy. */
  restores: number;
  readonly kills: { chromium: number; api: number; database: number };
  /** Times that a browser came back with another release of the app. */
  updates: number;
  readonly log: string[];
  /** Puts that were refused in words, and calls that ended with the browser. */
  refused: number;
  unanswered: number;
}

export function emptyLedger(): Ledger {
  return {
    saved: new Map(),
    excused: new Set(),
    edits: new Map(),
    decided: new Map(),
    restores: 0,
    kills: { chromium: 0, api: 0, database: 0 },
    updates: 0,
    log: [],
    refused: 0,
    unanswered: 0,
  };
}
