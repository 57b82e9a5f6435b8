import { applyEvent, chinaDate, type PublicStatus, standingOf } from '@tongban/core';
import { removeOrphans } from '../custody/files.ts';
import { alone } from '../database/alone.ts';
import { sweepParcels } from '../handover/handover.ts';
import type { Centre } from '../http/context.ts';
import { traceOf } from '../http/server.ts';
import { sweepProofs } from '../terminal/proof.ts';
import { forgetOver } from './forget.ts';
import { letGo } from './letGo.ts';
import { lockSubmission, saveStatus } from './record.ts';
import { moveOthers } from './release.ts';

/** Lock of the database that one process at a time holds while it ticks. */
const tickLock = 7_300_004;

export interface TickReport {
  /** Case numbers returned because a supplement or a promised material did not come in time. */
  readonly returned: readonly string[];
}

/**
 * What time does by itself: a supplement not answered by its last day, or a promise not kept (容缺), ends the case as
 * returned; parcels and files nobody asked for are forgotten, halls let go of what was concluded weeks ago, and the
 * content of cases whose retention is over goes. Called every minute; a test calls it when it likes. Only one process
 * ticks at a time: another one does nothing meanwhile. What fails is logged and keeps nothing else from being done.
 */
export async function tick(centre: Centre): Promise<TickReport> {
  const returned: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      centre.log.error({ what, error: traceOf(error) }, 'tick failed');
    }
  };
  await alone(centre.database.pool, tickLock, async () => {
    const today = chinaDate(centre.clock.now());
    await attempt('overdue cases', async () => {
      for (const number of await overdue(centre, today))
        await attempt(number, async () => {
          if (await giveBack(centre, number, today)) returned.push(number);
        });
    });
    await attempt('parcels', () => sweepParcels(centre));
    await attempt('proofs', () => sweepProofs(centre));
    await attempt('files', () => removeOrphans(centre.database, centre.clock.now()));
    await attempt('concluded cases', () => letGo(centre));
    await attempt('retention', () => forgetOver(centre));
  });
  return { returned };
}

/** Cases whose time may be over; the last days stand in their public half. */
async function overdue(centre: Centre, today: string): Promise<string[]> {
  const { rows } = await centre.database.query<{ case_number: string; status: PublicStatus }>(
    `select case_number, status from cases where not concluded
     and (state = 'supplement-requested' or (status -> 'gap')::boolean) order by case_number`,
  );
  return rows.filter(({ status }) => isOverdue(status, today)).map((row) => row.case_number);
}

function isOverdue(status: PublicStatus, today: string): 'supplement' | 'gap' | undefined {
  const asked = status.events.findLast(({ kind }) => kind === 'supplement-requested');
  const unanswered =
    status.state === 'supplement-requested' &&
    asked?.kind === 'supplement-requested' &&
    asked.until < today;
  if (unanswered) return 'supplement';
  const promised = [...standingOf(status.events).promised.values()];
  return promised.some((until) => until < today) ? 'gap' : undefined;
}

/** Looks again under the lock, since the answer may have come a moment ago. */
async function giveBack(centre: Centre, caseNumber: string, today: string): Promise<boolean> {
  return centre.database.transaction(async (unit) => {
    const cases = await lockSubmission(centre, unit, caseNumber);
    const record = cases.find((one) => one.caseNumber === caseNumber);
    if (record === undefined) return false;
    const { status } = record;
    const because = isOverdue(status, today);
    if (because === undefined) return false;
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
      detail: { because: `${because}-overdue` },
    });
    return true;
  });
}
