import { err, ok, type Result } from '@tongban/core';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { publishRevoked, revokeCertificates } from './certificates.ts';

/** A kiosk or counter as an operator sees it. */
export interface TerminalLine {
  readonly terminal: string;
  readonly profile: 'kiosk' | 'counter';
  readonly name: string;
  readonly hall: string;
  readonly enrolledAt: string;
  /** End of its certificate; absent where there is no authority. */
  readonly certifiedUntil?: string;
  readonly closedAt?: string;
  readonly revokedAt?: string;
}

export interface RevokedTerminal extends TerminalLine {
  /** How many certificates of it count no more. */
  readonly certificates: number;
  /** Submissions that it sealed and that came since: somebody should look at them again. */
  readonly since: number;
}

export type OperateFailure =
  | 'unknown-terminal'
  | 'several-terminals'
  | 'closed-already'
  | 'in-future';

type Where = Pick<Centre, 'database' | 'clock'>;

interface Row {
  readonly terminal: string;
  readonly profile: 'kiosk' | 'counter';
  readonly name: string;
  readonly hall: string;
  readonly enrolled_at: string;
  readonly certificate_until: string | null;
  readonly closed_at: string | null;
  readonly revoked_at: string | null;
}

const columns =
  'terminal, profile, name, hall, enrolled_at, certificate_until, closed_at, revoked_at';

/** Kiosks and counters, hall by hall. Phones belong to citizens and are nobody's to operate. */
export async function listTerminals({
  database,
}: Pick<Where, 'database'>): Promise<TerminalLine[]> {
  const { rows } = await database.query<Row>(
    `select ${columns} from terminals where hall is not null order by hall, profile, name`,
  );
  return rows.map(lineOf);
}

/**
 * Takes a terminal out of service: the centre hears it no more until it shows a new code. Its certificates stand, since
 * nothing is wrong with its keys; what it holds can be exported.
 */
export async function closeTerminal(
  centre: Where,
  which: string,
  why: string,
): Promise<Result<TerminalLine, OperateFailure>> {
  return centre.database.transaction(async (unit) => {
    const found = await lockTerminal(unit, which);
    if (!found.ok) return found;
    if (found.value.closed_at !== null) return err('closed-already');
    const at = centre.clock.now().toISOString();
    await unit.query('update terminals set closed_at = $2 where terminal = $1', [
      found.value.terminal,
      at,
    ]);
    unit.audit({ ...noted('terminal.closed', found.value), detail: { why } });
    return ok(lineOf({ ...found.value, closed_at: at }));
  });
}

/**
 * Trusts a terminal's keys no more, from `since` on (default: now): closes it for good, revokes its own certificate and
 * every one it issued citizen certificates under, and tells all halls. What was in custody before `since` stands.
 */
export async function revokeTerminal(
  centre: Where,
  which: string,
  why: string,
  since: Date = centre.clock.now(),
): Promise<Result<RevokedTerminal, OperateFailure>> {
  if (since > centre.clock.now()) return err('in-future');
  return centre.database.transaction(async (unit) => {
    const found = await lockTerminal(unit, which);
    if (!found.ok) return found;
    const row = found.value;
    const from = since.toISOString();
    // Revoked before for a later moment, it counts from the earlier one: what is known now is worse.
    const revoked = row.revoked_at !== null && row.revoked_at < from ? row.revoked_at : from;
    await unit.query(
      'update terminals set revoked_at = $2, closed_at = coalesce(closed_at, $3) where terminal = $1',
      [row.terminal, revoked, centre.clock.now().toISOString()],
    );
    const certificates = await revokeCertificates(unit, row.terminal, revoked);
    const { rows } = await unit.query<{ n: number }>(
      'select count(*)::int as n from envelopes where terminal = $1 and received_at >= $2',
      [row.terminal, revoked],
    );
    const came = rows[0]?.n ?? 0;
    const halls = await unit.query<{ hall: string }>(
      'select distinct hall from terminals where hall is not null order by hall',
    );
    await publishRevoked(
      unit,
      halls.rows.map(({ hall }) => hall),
    );
    unit.audit({
      ...noted('terminal.revoked', row),
      detail: { why, since: revoked, certificates, came },
    });
    const closed_at = row.closed_at ?? centre.clock.now().toISOString();
    return ok({
      ...lineOf({ ...row, closed_at, revoked_at: revoked }),
      certificates,
      since: came,
    });
  });
}

/** The one terminal whose id begins so, or that is called so. */
async function lockTerminal(unit: Unit, which: string): Promise<Result<Row, OperateFailure>> {
  const { rows } = await unit.query<Row>(
    `select ${columns} from terminals
     where hall is not null and (name = $1 or (length($1) >= 6 and starts_with(terminal, $1)))
     for update`,
    [which],
  );
  const [row, another] = rows;
  if (row === undefined) return err('unknown-terminal');
  return another === undefined ? ok(row) : err('several-terminals');
}

function noted(event: string, { terminal }: Row) {
  return { event, actor: 'operator', subject: terminal, correlation: 'command-line' };
}

function lineOf(row: Row): TerminalLine {
  return {
    terminal: row.terminal,
    profile: row.profile,
    name: row.name,
    hall: row.hall,
    enrolledAt: row.enrolled_at,
    ...(row.certificate_until === null ? {} : { certifiedUntil: row.certificate_until }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}
