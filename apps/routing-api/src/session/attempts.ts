import type { Database } from '../database/database.ts';

const windowMs = 15 * 60_000;

/**
 * Counts one try for `subject` before it is looked at, so that many at once cannot slip through; kept in the
 * database, so that a restart forgives nothing. False once more than `limit` fell into a quarter of an hour.
 */
export async function countTry(
  database: Pick<Database, 'query'>,
  subject: string,
  limit: number,
  now: Date,
): Promise<boolean> {
  const { rows } = await database.query<{ count: number }>(
    `insert into attempts (subject, window_start, count) values ($1, $2, 1)
     on conflict (subject) do update set
       count = case when attempts.window_start < $3 then 1 else attempts.count + 1 end,
       window_start = case when attempts.window_start < $3 then $2 else attempts.window_start end
     returning count`,
    [subject, now.toISOString(), new Date(now.getTime() - windowMs).toISOString()],
  );
  return (rows[0]?.count ?? 0) <= limit;
}

/** A right answer clears the count. */
export async function forgiveTries(database: Database, subject: string): Promise<void> {
  await database.query('delete from attempts where subject = $1', [subject]);
}
