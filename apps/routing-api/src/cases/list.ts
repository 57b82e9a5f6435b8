import { chinaDate, parseCaseNumber } from '@tongban/core';
import type { CaseRow, CasesAnswer } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { traceOf } from '../http/server.ts';
import type { Person } from '../session/session.ts';
import { departmentsOf } from './access.ts';
import { type CaseColumns, caseColumns, recordOf } from './record.ts';
import { rowOf } from './row.ts';

/** Most rows of one answer; a desk with more than that works from the oldest. */
const most = 500;

type Row = CaseColumns & { readonly correction: string | null };

const selection = `select ${caseColumns
  .split(', ')
  .map((column) => `c.${column}`)
  .join(', ')},
  (select fault from corrections x where x.case_number = c.case_number and x.resolved_at is null order by ordinal limit 1) as correction
  from cases c`;

/**
 * The list of a role: a desk's are its department's cases, a counter's those of its hall and, from elsewhere, those
 * that only a counter can move on. What is open comes first, oldest first, then what was concluded today, and what was
 * returned but has a correction to settle.
 */
export async function listCases(centre: Centre, person: Person): Promise<CasesAnswer> {
  const now = centre.clock.now();
  const midnight = new Date(Date.parse(`${chinaDate(now)}T00:00:00+08:00`)).toISOString();
  const { condition, values } = scopeOf(centre, person);
  const { rows } = await centre.database.query<Row>(
    `${selection} where (${condition}) and (not c.concluded or c.updated_at >= $1 or (c.state = 'returned'
       and c.case_number = any (array(select case_number from corrections where resolved_at is null))))
     order by c.concluded, c.received_at, c.case_number limit ${most}`,
    [midnight, ...values],
  );
  return { rows: rows.map((row) => shown(centre, person, row)), asOf: now.toISOString() };
}

/** Finds cases by a number, by the beginning of a name, by a whole ID number or by a ticket. */
export async function searchCases(
  centre: Centre,
  person: Person,
  text: string,
): Promise<CasesAnswer> {
  const wanted = text.trim();
  const tokens = [
    centre.keys.token('name', wanted),
    centre.keys.token('person', wanted.toUpperCase()),
  ];
  const number = parseCaseNumber(wanted) ?? wanted.toUpperCase().replace(/[\s-]/g, '');
  // A beginning of a number is long enough to mean one: the first fifteen digits are region, channel and day.
  const beginning = /^[0-9A-Z*~$=]{16,}$/.test(number) ? number : '-';
  const { condition, values } =
    person.who.role === 'counter' ? { condition: 'true', values: [] } : scopeOf(centre, person);
  const { rows } = await centre.database.query<Row>(
    `${selection} where (${condition}) and (
       starts_with(c.case_number, $1) or starts_with(c.receipt_number, $1) or c.ticket = $${2 + values.length}
       or exists (select 1 from case_tokens t where t.case_number = c.case_number and t.token = any($${3 + values.length})))
     order by c.concluded, c.received_at desc, c.case_number limit 50`,
    [beginning, ...values, wanted.toUpperCase(), tokens],
  );
  return {
    rows: rows.map((row) => shown(centre, person, row)),
    asOf: centre.clock.now().toISOString(),
  };
}

/** Condition over `cases c` for what a role's list holds; its values begin at $2. */
function scopeOf(centre: Centre, person: Person): { condition: string; values: unknown[] } {
  const { role, department } = person.who;
  switch (role) {
    case 'desk':
      return {
        condition: 'c.department = any($2)',
        values: [department === undefined ? [] : departmentsOf(centre.catalogue, department)],
      };
    case 'counter':
      return {
        condition: `c.hall = $2 or (c.hall is null and (c.state = 'awaiting-confirmation' or exists (
          select 1 from corrections x where x.case_number = c.case_number and x.resolved_at is null)))`,
        values: [person.hall ?? ''],
      };
    case 'supervisor':
      return { condition: 'true', values: [] };
    case 'citizen':
      return { condition: 'false', values: [] };
  }
}

function shown(centre: Centre, person: Person, row: Row): CaseRow {
  return rowOf(
    centre,
    recordOf(centre, row),
    applicantOf(centre, row),
    row.correction ?? undefined,
    // In a list of many only a desk works by name; others see enough to tell two people apart.
    person.who.role === 'desk',
  );
}

/** A row whose findings do not open stands in the list without its name, and keeps none of the others from it. */
function applicantOf(centre: Centre, row: Row): string {
  try {
    return recordOf(centre, row).findings.applicant;
  } catch (error) {
    centre.log.error({ case: row.case_number, error: traceOf(error) }, 'findings do not open');
    return '';
  }
}
