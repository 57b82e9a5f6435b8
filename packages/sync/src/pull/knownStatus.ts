import { PublicStatus } from '@tongban/core';
import Type from 'typebox';
import Value from 'typebox/value';
import type { Kept } from '../storage/kept.ts';
import type { Rows } from '../storage/rows.ts';
import { type Drawer, drawerFor } from './drawers.ts';

const Instant = Type.String();
/** Name under which the time of the last whole pull is kept. */
export const statusTime = 'status-as-of';

export interface KnownStatus {
  readonly cases: readonly PublicStatus[];
  /** ISO 8601 instant by the centre's clock. */
  readonly asOf: string;
}

/** [P6] What the last pull knew of a receipt, and up to when; `undefined` means "not known here". */
export async function knownStatus(
  rows: Rows<Drawer>,
  kept: Kept,
  receiptNumber: string,
): Promise<KnownStatus | undefined> {
  const drawer = await rows.get(drawerFor(receiptNumber));
  const cases = Object.values(drawer?.cases ?? {})
    .map(({ body }) => body)
    // A status that is none stays in its place, and is found under no number.
    .filter((body) => Value.Check(PublicStatus, body))
    .filter((status) => status.receiptNumber === receiptNumber)
    .toSorted((a, b) => a.caseNumber.localeCompare(b.caseNumber));
  if (cases.length === 0) return undefined;
  const asOf = await kept.get(statusTime, Instant);
  return { cases, asOf: asOf ?? newest(cases) };
}

/** When all rows were last here, by the centre's clock. */
export function wholeAsOf(kept: Kept): Promise<string | undefined> {
  return kept.get(statusTime, Instant);
}

/** All rows were pulled at this moment of the centre's time. */
export function rememberStatusTime(kept: Kept, centreTime: number): Promise<unknown> {
  // A full disk leaves an older time: less is claimed than is known.
  return kept.set(statusTime, new Date(centreTime).toISOString());
}

function newest(cases: readonly PublicStatus[]): string {
  return (
    cases
      .map((one) => one.updatedAt)
      .toSorted()
      .at(-1) ?? ''
  );
}
