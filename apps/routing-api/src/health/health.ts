import type { HealthReport, TerminalHealth } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';

/** Keeps what a terminal says of itself; only the last is of interest. */
export async function keepReport(
  { database, clock }: Pick<Centre, 'database' | 'clock'>,
  terminal: string,
  report: HealthReport,
): Promise<void> {
  await database.query(
    `insert into terminal_health (terminal, heard_at, report) values ($1, $2, $3)
     on conflict (terminal) do update set heard_at = excluded.heard_at, report = excluded.report`,
    [terminal, clock.now().toISOString(), JSON.stringify(report)],
  );
}

interface Row {
  readonly terminal: string;
  readonly name: string;
  readonly profile: TerminalHealth['profile'];
  readonly hall: string;
  readonly closed_at: string | null;
  readonly revoked_at: string | null;
  readonly heard_at: string | null;
  readonly report: HealthReport | null;
}

/** The kiosks and counters of a hall, or of all. */
export async function terminalsOf(
  { database }: Pick<Centre, 'database'>,
  hall: string | undefined,
): Promise<TerminalHealth[]> {
  const { rows } = await database.query<Row>(
    `select t.terminal, t.name, t.profile, t.hall, t.closed_at, t.revoked_at, h.heard_at, h.report
     from terminals t left join terminal_health h using (terminal)
     where t.hall is not null and ($1::text is null or t.hall = $1)
     order by t.hall, t.profile desc, t.name`,
    [hall ?? null],
  );
  return rows.map((row) => ({
    terminal: row.terminal,
    name: row.name,
    profile: row.profile,
    hall: row.hall,
    state: row.revoked_at !== null ? 'revoked' : row.closed_at !== null ? 'closed' : 'open',
    ...(row.heard_at === null ? {} : { heardAt: row.heard_at }),
    ...(row.report === null ? {} : { report: row.report }),
  }));
}
