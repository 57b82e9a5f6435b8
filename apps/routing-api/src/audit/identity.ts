import type { Database } from '../database/database.ts';

/** What PostgreSQL says of itself. Another timeline or system means that this is not the database we wrote to. */
export interface Identity {
  /** Eight hexadecimal digits; a promoted replica and a restore to a point in time take a new one. */
  readonly timeline: string;
  /** Made by initdb; empty where the role may not ask for it. */
  readonly system: string;
}

/** Asks the server behind a connection. Throws while it is a replica that only follows. */
export async function readIdentity(database: Pick<Database, 'query'>): Promise<Identity> {
  const { rows } = await database.query<{ timeline: string; may: boolean }>(
    `select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline,
       has_function_privilege('pg_catalog.pg_control_system()', 'execute') as may`,
  );
  const { timeline = '', may = false } = rows[0] ?? {};
  if (!may) return { timeline, system: '' };
  const asked = await database.query<{ system: string }>(
    'select system_identifier::text as system from pg_control_system()',
  );
  return { timeline, system: asked.rows[0]?.system ?? '' };
}

/** What is not known on one side is no difference. */
export function isSame(one: Identity, other: Identity): boolean {
  const same = (a: string, b: string) => a === '' || b === '' || a === b;
  return same(one.timeline, other.timeline) && same(one.system, other.system);
}
