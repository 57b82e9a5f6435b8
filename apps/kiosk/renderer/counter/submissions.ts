import type { CaseState } from '@tongban/core';
import type { CaseRow } from '@tongban/sync/protocol';
import { isConcluded } from '@tongban/ui/staff';

/** The cases of one application act: they came together and stand before the counter together. */
export interface Submission {
  readonly receiptNumber: string;
  readonly rows: readonly [CaseRow, ...CaseRow[]];
  readonly ticket: string | undefined;
  /** Item id, or bundle id when the rows belong to one. */
  readonly target: { readonly kind: 'item' | 'bundle'; readonly id: string };
  readonly applicant: string;
  /** The state that says most about what is to be done. */
  readonly state: CaseState;
  /** A counter must act before anything else happens. */
  readonly waits: boolean;
  readonly correction: boolean;
  readonly gap: boolean;
  readonly receivedAt: string;
  readonly updatedAt: string;
}

/** What presses most stands first. */
const pressing: readonly CaseState[] = [
  'awaiting-confirmation',
  'received',
  'supplement-requested',
  'special-procedure',
  'accepted',
  'waiting',
  'refused',
  'returned',
  'denied',
  'withdrawn',
  'granted',
];

/** Groups the rows of the list; what waits for a counter first and longest waiting first, the rest newest first. */
export function submissionsOf(rows: readonly CaseRow[]): readonly Submission[] {
  const groups = new Map<string, [CaseRow, ...CaseRow[]]>();
  for (const row of rows) {
    const group = groups.get(row.receiptNumber);
    if (group === undefined) groups.set(row.receiptNumber, [row]);
    else group.push(row);
  }
  return [...groups.values()].map(submissionOf).toSorted(inOrder);
}

function submissionOf(rows: readonly [CaseRow, ...CaseRow[]]): Submission {
  const [first] = rows;
  const states = rows.map((row) => row.state);
  const correction = rows.some((row) => row.correction !== undefined);
  const state = pressing.find((one) => states.includes(one)) ?? first.state;
  return {
    receiptNumber: first.receiptNumber,
    rows,
    ticket: rows.find((row) => row.ticket !== undefined)?.ticket,
    target:
      first.bundle === undefined
        ? { kind: 'item', id: first.item }
        : { kind: 'bundle', id: first.bundle },
    applicant: first.applicant,
    state,
    waits: correction || state === 'awaiting-confirmation' || state === 'received',
    correction,
    gap: rows.some((row) => row.gap && !isConcluded(row.state)),
    receivedAt: first.receivedAt,
    updatedAt:
      rows
        .map((row) => row.updatedAt)
        .toSorted()
        .at(-1) ?? first.updatedAt,
  };
}

function inOrder(a: Submission, b: Submission): number {
  if (a.waits !== b.waits) return a.waits ? -1 : 1;
  return a.waits
    ? a.receivedAt.localeCompare(b.receivedAt)
    : b.updatedAt.localeCompare(a.updatedAt);
}

/** The next one that waits after the one at hand; from the last it begins anew. None, when no other waits. */
export function nextWaiting(
  list: readonly Submission[],
  current: string | undefined,
): Submission | undefined {
  const waiting = list.filter((one) => one.waits);
  const at = waiting.findIndex((one) => one.receiptNumber === current);
  const next = waiting[(at + 1) % waiting.length];
  return next?.receiptNumber === current ? undefined : next;
}
