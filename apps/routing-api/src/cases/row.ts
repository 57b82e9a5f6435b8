import { workingDaysUntil } from '@tongban/core';
import type { CaseRow } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { maskedName } from './maskedName.ts';
import type { CaseRecord } from './record.ts';

/** A case as a list shows it. */
export function rowOf(
  centre: Centre,
  record: Omit<CaseRecord, 'findings'>,
  applicant: string,
  correction: string | undefined,
  byName: boolean,
): CaseRow {
  const { status } = record;
  const daysLeft =
    status.due === undefined
      ? undefined
      : workingDaysUntil(status.due, centre.clock.now(), centre.catalogue.calendar);
  return {
    caseNumber: record.caseNumber,
    receiptNumber: record.receiptNumber,
    item: status.item,
    ...(status.bundle === undefined ? {} : { bundle: status.bundle }),
    applicant: byName ? applicant : maskedName(applicant),
    state: status.state,
    department: status.department,
    ...(status.due === undefined ? {} : { due: status.due }),
    ...(daysLeft === undefined ? {} : { daysLeft }),
    gap: status.gap,
    receivedAt: record.receivedAt,
    updatedAt: status.updatedAt,
    ...(correction === undefined ? {} : { correction }),
    ...(record.ticket === undefined ? {} : { ticket: record.ticket }),
  };
}
