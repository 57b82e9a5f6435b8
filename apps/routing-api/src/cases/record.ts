import { type CaseState, concludedStates, type PublicStatus } from '@tongban/core';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { PaperVerdict } from '../judgement/papers.ts';
import type { RegisterMatch } from '../judgement/register.ts';

/** A case as the centre keeps it; `status` is its public half. */
export interface CaseRecord {
  readonly caseNumber: string;
  readonly submissionId: string;
  readonly receiptNumber: string;
  readonly catalogueVersion: string;
  readonly status: PublicStatus;
  /** Hall it was filed in; none for a phone. */
  readonly hall: string | undefined;
  readonly ticket: string | undefined;
  readonly receivedAt: string;
  readonly correlation: string;
  readonly findings: Findings;
}

/** What was found out when the case was judged. Personal, so it is stored encrypted. */
export interface Findings {
  readonly applicant: string;
  readonly papers: readonly PaperVerdict[];
  readonly register: readonly RegisterMatch[];
}

export interface CaseColumns {
  readonly case_number: string;
  readonly submission_id: string;
  readonly receipt_number: string;
  readonly catalogue_version: string;
  readonly status: PublicStatus;
  readonly hall: string | null;
  readonly ticket: string | null;
  readonly received_at: string;
  readonly correlation: string;
  readonly sealed: Buffer;
}

export const caseColumns =
  'case_number, submission_id, receipt_number, catalogue_version, status, hall, ticket, received_at, correlation, sealed';

const placeOf = (caseNumber: string) => `case ${caseNumber}`;

/**
 * A case from its row. Its findings are opened when they are first asked for: one that does not open fails only who
 * needs what is in it.
 */
export function recordOf(centre: Pick<Centre, 'keys'>, row: CaseColumns): CaseRecord {
  let findings: Findings | undefined;
  return {
    caseNumber: row.case_number,
    submissionId: row.submission_id,
    receiptNumber: row.receipt_number,
    catalogueVersion: row.catalogue_version,
    status: row.status,
    hall: row.hall ?? undefined,
    ticket: row.ticket ?? undefined,
    receivedAt: row.received_at,
    correlation: row.correlation,
    get findings() {
      findings ??= JSON.parse(
        centre.keys.decrypt(placeOf(row.case_number), row.sealed),
      ) as Findings;
      return findings;
    },
  };
}

export function isConcluded(state: CaseState): boolean {
  return concludedStates.includes(state);
}

/** Writes a new case and publishes it to the terminals of its group. */
export async function insertCase(
  centre: Pick<Centre, 'keys'>,
  unit: Unit,
  record: CaseRecord,
  statusGroup: string,
): Promise<void> {
  const { status } = record;
  await unit.query(
    `insert into cases (case_number, submission_id, receipt_number, item, bundle, catalogue_version, department, state,
       concluded, status, hall, ticket, received_at, updated_at, correlation, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      record.caseNumber,
      record.submissionId,
      record.receiptNumber,
      status.item,
      status.bundle ?? null,
      record.catalogueVersion,
      status.department,
      status.state,
      isConcluded(status.state),
      JSON.stringify(status),
      record.hall ?? null,
      record.ticket ?? null,
      record.receivedAt,
      status.updatedAt,
      record.correlation,
      centre.keys.encrypt(placeOf(record.caseNumber), JSON.stringify(record.findings)),
    ],
  );
  await unit.query('insert into case_envelopes (case_number, submission_id) values ($1, $2)', [
    record.caseNumber,
    record.submissionId,
  ]);
  await followCase(unit, record.caseNumber, statusGroup);
  await publishStatus(unit, status);
}

/** Lets one more group of terminals pull the public status of a case: where it was supplemented, for example. */
export async function followCase(
  unit: Unit,
  caseNumber: string,
  statusGroup: string,
): Promise<void> {
  await unit.query(
    'insert into case_groups (case_number, status_group) values ($1, $2) on conflict do nothing',
    [caseNumber, statusGroup],
  );
}

/** What stays in place of findings whose time is over. */
export function noFindings(centre: Pick<Centre, 'keys'>, caseNumber: string): Buffer {
  const nothing: Findings = { applicant: '', papers: [], register: [] };
  return centre.keys.encrypt(placeOf(caseNumber), JSON.stringify(nothing));
}

/** Writes a changed status and publishes it. */
export async function saveStatus(unit: Unit, status: PublicStatus): Promise<void> {
  await unit.query(
    `update cases set state = $2, concluded = $3, department = $4, status = $5, updated_at = $6,
     let_go_at = null where case_number = $1`,
    [
      status.caseNumber,
      status.state,
      isConcluded(status.state),
      status.department,
      JSON.stringify(status),
      status.updatedAt,
    ],
  );
  await publishStatus(unit, status);
}

export async function publishStatus(unit: Unit, status: PublicStatus): Promise<void> {
  const { rows } = await unit.query<{ status_group: string }>(
    'select status_group from case_groups where case_number = $1',
    [status.caseNumber],
  );
  for (const { status_group: group } of rows) {
    unit.publish({ scope: `status:${group}`, id: status.caseNumber, body: status });
  }
}

/** Every case of a submission, locked in one order, so that two who decide at once cannot wait for each other. */
export async function lockSubmission(
  centre: Pick<Centre, 'keys'>,
  unit: Unit,
  caseNumber: string,
): Promise<CaseRecord[]> {
  const { rows } = await unit.query<CaseColumns>(
    `select ${caseColumns} from cases
     where submission_id = (select submission_id from cases where case_number = $1)
     order by case_number for update`,
    [caseNumber],
  );
  return rows.map((row) => recordOf(centre, row));
}
