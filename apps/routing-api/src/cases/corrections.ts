import type { Unit } from '../database/database.ts';
import type { Fault } from '../judgement/fault.ts';

/** Opens corrections on a case; one that is open already is not opened twice. */
export async function openCorrections(
  unit: Unit,
  caseNumber: string,
  faults: readonly Fault[],
  at: string,
): Promise<void> {
  const open = await openFaults(unit, caseNumber);
  const { rows } = await unit.query<{ n: number }>(
    'select coalesce(max(ordinal), 0)::int as n from corrections where case_number = $1',
    [caseNumber],
  );
  let ordinal = rows[0]?.n ?? 0;
  for (const { fault, about } of faults) {
    if (open.some((one) => one.fault === fault && one.about === about)) continue;
    ordinal += 1;
    await unit.query(
      'insert into corrections (case_number, ordinal, fault, about, opened_at) values ($1, $2, $3, $4, $5)',
      [caseNumber, ordinal, fault, about, at],
    );
  }
}

export async function openFaults(
  database: Pick<Unit, 'query'>,
  caseNumber: string,
): Promise<{ fault: string; about: string }[]> {
  const { rows } = await database.query<{ fault: string; about: string }>(
    'select fault, about from corrections where case_number = $1 and resolved_at is null order by ordinal',
    [caseNumber],
  );
  return rows;
}

/** Settles what is open on a case, or only corrections of one fault. */
export async function resolveCorrections(
  unit: Unit,
  caseNumber: string,
  by: string,
  at: string,
  fault?: Fault['fault'],
): Promise<void> {
  await unit.query(
    `update corrections set resolved_at = $2, resolved_by = $3
     where case_number = $1 and resolved_at is null and ($4::text is null or fault = $4)`,
    [caseNumber, at, by, fault],
  );
}
