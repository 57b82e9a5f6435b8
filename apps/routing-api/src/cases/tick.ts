import { applyEvent, chinaDate, standingOf } from '@tongban/core';
import { removeOrphans } from '../custody/files.ts';
import { sweepParcels } from '../handover/handover.ts';
import type { Centre } from '../http/context.ts';
import { forgetOver } from './forget.ts';
import { lockSubmission, saveStatus } from './record.ts';
import { moveOthers } from './release.ts';

export interface TickReport {
  /** Case numbers returned because a supplement or a promised material did not come in time. */
  readonly returned: readonly string[];
}

/**
 * What time does by itself: a supplement not answered by its last day, or a promise not kept (容缺), ends the case as
 * returned; parcels and files nobody asked for are forgotten, and so is the content of cases whose retention is over.
 * Called every minute; a test calls it when it likes.
 */
export async function tick(centre: Centre): Promise<TickReport> {
  const today = chinaDate(centre.clock.now());
  const { rows } = await centre.database.query<{ case_number: string }>(
    `select case_number from cases where not concluded
     and (state = 'supplement-requested' or (status -> 'gap')::boolean) order by case_number`,
  );
  const returned: string[] = [];
  for (const { case_number: number } of rows)
    if (await giveBack(centre, number, today)) returned.push(number);
  await sweepParcels(centre);
  await removeOrphans(centre.database, centre.clock.now());
  await forgetOver(centre);
  return { returned };
}

/** Looks again under the lock, since the answer may have come a moment ago. */
async function giveBack(centre: Centre, caseNumber: string, today: string): Promise<boolean> {
  return centre.database.transaction(async (unit) => {
    const cases = await lockSubmission(centre, unit, caseNumber);
    const record = cases.find((one) => one.caseNumber === caseNumber);
    if (record === undefined) return false;
    const { status } = record;
    const asked = status.events.findLast(({ kind }) => kind === 'supplement-requested');
    const unanswered =
      status.state === 'supplement-requested' &&
      asked?.kind === 'supplement-requested' &&
      asked.until < today;
    const broken = [...standingOf(status.events).promised.values()].some((until) => until < today);
    if (!unanswered && !broken) return false;
    const catalogue = await centre.catalogueOf(record.catalogueVersion);
    const item = catalogue?.items.find(({ id }) => id === status.item);
    if (catalogue === undefined || item === undefined) return false;
    const next = applyEvent(
      status,
      { kind: 'returned', at: centre.clock.now().toISOString() },
      item,
      centre.catalogue.calendar,
    );
    if (!next.ok) return false;
    await saveStatus(unit, next.value);
    await moveOthers(centre, unit, catalogue, next.value, cases);
    unit.audit({
      event: 'case.returned',
      actor: 'centre',
      subject: caseNumber,
      correlation: record.correlation,
      detail: { because: unanswered ? 'supplement-overdue' : 'gap-overdue' },
    });
    return true;
  });
}
