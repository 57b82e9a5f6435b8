import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';

/** How long a hall's terminals keep the public status of a concluded case; a phone keeps its own. */
const keptMs = 42 * 86_400_000;
const atOnce = 200;

/**
 * Tells the halls to forget what was concluded weeks ago, or each terminal would pull and keep every case its hall ever
 * had. The case itself stays, and is shown again should it ever move. Returns how many were let go.
 */
export async function letGo(centre: Pick<Centre, 'database' | 'clock'>): Promise<number> {
  const now = centre.clock.now();
  const before = new Date(now.getTime() - keptMs).toISOString();
  let count = 0;
  for (;;) {
    const found = await centre.database.transaction((unit) => letSomeGo(unit, before, now));
    count += found;
    if (found < atOnce) return count;
  }
}

async function letSomeGo(unit: Unit, before: string, now: Date): Promise<number> {
  const { rows } = await unit.query<{ case_number: string }>(
    `update cases set let_go_at = $2 where case_number in (
       select case_number from cases where concluded and let_go_at is null and updated_at < $1
       order by updated_at limit ${atOnce} for update skip locked)
     returning case_number`,
    [before, now.toISOString()],
  );
  const groups = await unit.query<{ case_number: string; status_group: string }>(
    `select case_number, status_group from case_groups
     where case_number = any($1) and starts_with(status_group, 'hall:')`,
    [rows.map((row) => row.case_number)],
  );
  for (const { case_number: id, status_group: group } of groups.rows)
    unit.publish({ scope: `status:${group}`, id, body: undefined, deleted: true });
  return rows.length;
}
