import type { ChangedRow } from '../protocol/index.ts';
import type { Row } from '../storage/rows.ts';

/** A case as it came. */
export interface KeptCase {
  readonly seq: number;
  /** Life of the centre's database that it was pulled from. */
  readonly epoch: string;
  readonly body: unknown;
}

/**
 * Cases that lie together, by their numbers: all those whose receipts fall to this drawer. A row of the store for each
 * case would cost a hall that begins as many encryptions and writes as it has cases.
 */
export interface Drawer extends Row {
  readonly cases: Readonly<Record<string, KeptCase>>;
}

/** So many, for ever: another number would look for everything elsewhere. */
const drawers = 512;

/** The drawer that the cases of a receipt lie in. FNV-1a, 32 bits. */
export function drawerFor(receiptNumber: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < receiptNumber.length; at += 1)
    hash = Math.imul(hash ^ receiptNumber.charCodeAt(at), 0x01000193);
  return `d${(hash >>> 0) % drawers}`;
}

/** Where a row belongs. What a newer centre says of it in words that are not known here is kept by its own number. */
export function drawerOfRow({ id, body }: ChangedRow): string {
  const { receiptNumber } = (body ?? {}) as { readonly receiptNumber?: unknown };
  return drawerFor(typeof receiptNumber === 'string' ? receiptNumber : id);
}

/** The drawer with these rows. In one life of the centre the newer row counts, whoever comes first. */
export function withRows(
  id: string,
  drawer: Drawer | undefined,
  rows: readonly ChangedRow[],
  epoch: string,
): Drawer {
  const cases: Record<string, KeptCase> = { ...drawer?.cases };
  for (const { id: number, seq, deleted, body } of rows) {
    const here = cases[number];
    if (here?.epoch === epoch && here.seq > seq) continue;
    if (deleted) delete cases[number];
    else cases[number] = { seq, epoch, body };
  }
  return { id, cases };
}

/** The drawer without what is of another life; the same where there is none of that. */
export function ofLife(drawer: Drawer, epoch: string): Drawer {
  const all = Object.entries(drawer.cases);
  const kept = all.filter(([, one]) => one.epoch === epoch);
  return kept.length === all.length ? drawer : { ...drawer, cases: Object.fromEntries(kept) };
}
