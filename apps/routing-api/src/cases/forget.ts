import { caseKeptUntil, chinaDate, concludedStates, type PublicStatus } from '@tongban/core';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { noFindings } from './record.ts';

/** Cases and submissions that one call works on; the next call goes on from there. */
const atOnce = 200;

/**
 * Deletes the content of cases that were concluded longer ago than the longest retention of their fields: sealed
 * envelopes, files, findings, notes, and the hashes by which a name or number finds them. The case's row with its
 * public half, the receipt and the audit log stay. A submission is sealed whole, so it goes when its last case may.
 */
export async function forgetOver(centre: Centre): Promise<readonly string[]> {
  await setTerms(centre);
  const today = chinaDate(centre.clock.now());
  const { rows } = await centre.database.query<{ submission_id: string }>(
    `select distinct submission_id from cases c where forgotten_at is null and keep_until < $1
     and not exists (select 1 from cases o where o.submission_id = c.submission_id
       and (o.keep_until is null or o.keep_until >= $1)) limit ${atOnce}`,
    [today],
  );
  if (rows.length === 0) return [];
  const submissions = rows.map((row) => row.submission_id);
  return centre.database.transaction((unit) => forget(centre, unit, submissions));
}

/** The last day of each case that was concluded since, by the catalogue that it was sealed under. */
async function setTerms({ database, catalogue, catalogueOf }: Centre): Promise<void> {
  const { rows } = await database.query<{
    case_number: string;
    catalogue_version: string;
    status: PublicStatus;
  }>(
    `select case_number, catalogue_version, status from cases where concluded and keep_until is null
     order by case_number limit ${atOnce}`,
  );
  for (const { case_number: number, catalogue_version: version, status } of rows) {
    const sealedUnder = (await catalogueOf(version)) ?? catalogue;
    const item = sealedUnder.items.find(({ id }) => id === status.item);
    const end = status.events.findLast(({ kind }) => isConclusion(kind));
    const concludedOn = chinaDate(new Date(end?.at ?? status.updatedAt));
    await database.query('update cases set keep_until = $2 where case_number = $1', [
      number,
      caseKeptUntil(item, sealedUnder, concludedOn),
    ]);
  }
}

const isConclusion = (kind: string): boolean =>
  (concludedStates as readonly string[]).includes(kind);

async function forget(
  centre: Centre,
  unit: Unit,
  submissions: readonly string[],
): Promise<readonly string[]> {
  const { rows: cases } = await unit.query<{
    case_number: string;
    receipt_number: string;
    correlation: string;
    keep_until: string;
  }>(
    `select case_number, receipt_number, correlation, keep_until from cases where submission_id = any($1)
     order by case_number for update`,
    [submissions],
  );
  const numbers = cases.map((row) => row.case_number);
  const receipts = [...new Set(cases.map((row) => row.receipt_number))];
  await forgetEnvelopes(unit, submissions, numbers, receipts);
  for (const table of ['case_envelopes', 'case_tokens', 'notes'])
    await unit.query(`delete from ${table} where case_number = any($1)`, [numbers]);
  await unit.query(`update receipts set persons = '{}' where submission_id = any($1)`, [
    submissions,
  ]);
  await unit.query('update ratings set sealed_comment = null where receipt_number = any($1)', [
    receipts,
  ]);
  const at = centre.clock.now().toISOString();
  for (const { case_number: number, correlation, keep_until: keptUntil } of cases) {
    await unit.query('update cases set sealed = $2, forgotten_at = $3 where case_number = $1', [
      number,
      noFindings(centre, number),
      at,
    ]);
    unit.audit({
      event: 'case.forgotten',
      actor: 'centre',
      subject: number,
      correlation,
      detail: { keptUntil },
    });
  }
  return numbers;
}

/** Empties the envelopes and removes their files, but for a file that an envelope which stays names too. */
async function forgetEnvelopes(
  unit: Unit,
  submissions: readonly string[],
  cases: readonly string[],
  receipts: readonly string[],
): Promise<void> {
  const { rows } = await unit.query<{ submission_id: string; files: string[] | null }>(
    `select submission_id, envelope -> 'files' as files from envelopes where submission_id = any($1)
     or submission_id in (select submission_id from case_envelopes where case_number = any($2))
     or submission_id in (select submission_id from ratings where receipt_number = any($3))`,
    [submissions, cases, receipts],
  );
  const gone = rows.map((row) => row.submission_id);
  const files = [...new Set(rows.flatMap((row) => row.files ?? []))];
  const named = await unit.query<{ address: string }>(
    `select distinct a.address from envelopes e, jsonb_array_elements_text(e.envelope -> 'files') a (address)
     where e.envelope -> 'files' ?| $1 and e.submission_id <> all($2)`,
    [files, gone],
  );
  const kept = new Set(named.rows.map((row) => row.address));
  await unit.query('delete from files where address = any($1)', [
    files.filter((address) => !kept.has(address)),
  ]);
  // The row stays: whoever offers it again still learns that it was received.
  await unit.query(`update envelopes set envelope = '{}' where submission_id = any($1)`, [gone]);
}
