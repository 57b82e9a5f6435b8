import { err, ok, type Result } from '@tongban/core';
import type { HandoverState } from '@tongban/sync/protocol';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Terminal } from '../terminal/proof.ts';

/** A draft on its way: fifteen minutes, one taker. The centre holds ciphertext only and never the key. */
const lifeMs = 15 * 60_000;
/** Parcels of one terminal that may wait at a time. */
const mostWaiting = 5;

type Profile = Terminal['profile'];

interface Row {
  readonly given_by: string;
  readonly taken_by: string | null;
  readonly state: HandoverState['state'];
  readonly expires_at: string;
}

export type GiveFailure = 'handover-exists' | 'too-many-requests';

export async function giveParcel(
  centre: Centre,
  locator: string,
  terminal: string,
  ciphertext: Buffer,
): Promise<Result<HandoverState, GiveFailure>> {
  const now = centre.clock.now();
  const expiresAt = new Date(now.getTime() + lifeMs).toISOString();
  return centre.database.transaction<Result<HandoverState, GiveFailure>>(async (unit) => {
    // Counted one at a time, or many at once would each find room.
    await unit.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `parcels of ${terminal}`,
    ]);
    const waiting = await unit.query<{ n: number }>(
      `select count(*)::int as n from handovers where given_by = $1 and state = 'waiting' and expires_at > $2 and locator <> $3`,
      [terminal, now.toISOString(), locator],
    );
    if ((waiting.rows[0]?.n ?? 0) >= mostWaiting) return err('too-many-requests');
    const put = await unit.query(
      `insert into handovers (locator, given_by, ciphertext, state, expires_at, size, given_at)
       values ($1, $2, $3, 'waiting', $4, $5, $6) on conflict do nothing`,
      [locator, terminal, ciphertext, expiresAt, ciphertext.length, now.toISOString()],
    );
    if (put.rowCount === 0) {
      // The giver's own answer was lost on the way: the same parcel again is no second one.
      const known = await rowOf(unit, locator);
      return known?.given_by === terminal && known.state === 'waiting'
        ? ok({ state: 'waiting', expiresAt: known.expires_at })
        : err('handover-exists');
    }
    unit.audit(note('handover.given', terminal, locator));
    return ok({ state: 'waiting', expiresAt });
  });
}

export async function stateOfParcel(
  centre: Centre,
  locator: string,
): Promise<Result<HandoverState, 'unknown-handover'>> {
  return centre.database.transaction<Result<HandoverState, 'unknown-handover'>>(async (unit) => {
    const row = await currentRow(centre, unit, locator);
    return row === undefined
      ? err('unknown-handover')
      : ok({ state: row.state, expiresAt: row.expires_at });
  });
}

export type TakeFailure =
  | 'unknown-handover'
  | 'handover-expired'
  | 'handover-taken'
  | 'handover-reclaimed';

/** A parcel, and what kind of terminal gave it: who takes it believes a kiosk's reader and not a phone's. */
export interface Taken {
  readonly ciphertext: Buffer;
  readonly givenBy: Profile;
}

/** Hands the parcel to the first terminal that asks. The same one may ask again: an answer lost loses no draft. */
export async function takeParcel(
  centre: Centre,
  locator: string,
  terminal: string,
): Promise<Result<Taken, TakeFailure>> {
  return centre.database.transaction<Result<Taken, TakeFailure>>(async (unit) => {
    const row = await currentRow(centre, unit, locator);
    if (row === undefined) return err('unknown-handover');
    if (row.state === 'reclaimed') return err('handover-reclaimed');
    if (row.state === 'expired') return err('handover-expired');
    if (row.state === 'taken' && row.taken_by !== terminal) return err('handover-taken');
    const { rows } = await unit.query<{ ciphertext: Buffer | null; profile: Profile }>(
      `update handovers set state = 'taken', taken_by = $2 where locator = $1
       returning ciphertext, (select profile from terminals where terminal = given_by) as profile`,
      [locator, terminal],
    );
    const [taken] = rows;
    if (taken?.ciphertext == null) return err('handover-expired');
    if (row.state === 'waiting') unit.audit(note('handover.taken', terminal, locator));
    return ok({ ciphertext: taken.ciphertext, givenBy: taken.profile });
  });
}

/** Takes a parcel back that nobody took; only its giver may. After a taking it says so and changes nothing. */
export async function reclaimParcel(
  centre: Centre,
  locator: string,
  terminal: string,
): Promise<Result<HandoverState, 'unknown-handover'>> {
  return centre.database.transaction<Result<HandoverState, 'unknown-handover'>>(async (unit) => {
    const row = await currentRow(centre, unit, locator);
    if (row === undefined || row.given_by !== terminal) return err('unknown-handover');
    if (row.state !== 'waiting') return ok({ state: row.state, expiresAt: row.expires_at });
    await unit.query(
      `update handovers set state = 'reclaimed', ciphertext = null where locator = $1`,
      [locator],
    );
    unit.audit(note('handover.reclaimed', terminal, locator));
    return ok({ state: 'reclaimed', expiresAt: row.expires_at });
  });
}

/** Forgets ciphertext whose time is over, and parcels a day later. Returns how many were forgotten. */
export async function sweepParcels(centre: Centre): Promise<number> {
  const now = centre.clock.now();
  await centre.database.query(
    'update handovers set ciphertext = null where expires_at <= $1 and ciphertext is not null',
    [now.toISOString()],
  );
  const { rowCount } = await centre.database.query('delete from handovers where expires_at <= $1', [
    new Date(now.getTime() - 86_400_000).toISOString(),
  ]);
  return rowCount ?? 0;
}

async function rowOf(unit: Unit, locator: string): Promise<Row | undefined> {
  const { rows } = await unit.query<Row>(
    'select given_by, taken_by, state, expires_at from handovers where locator = $1 for update',
    [locator],
  );
  return rows[0];
}

/** The row, with a waiting parcel whose time is over turned into an expired one. */
async function currentRow(centre: Centre, unit: Unit, locator: string): Promise<Row | undefined> {
  const row = await rowOf(unit, locator);
  if (row === undefined || row.expires_at > centre.clock.now().toISOString()) return row;
  if (row.state !== 'waiting') return row;
  await unit.query(`update handovers set state = 'expired', ciphertext = null where locator = $1`, [
    locator,
  ]);
  return { ...row, state: 'expired' };
}

function note(event: string, terminal: string, locator: string) {
  // The locator finds the parcel, so the log keeps only enough of it to tell two parcels apart.
  return {
    event,
    actor: terminal,
    subject: terminal,
    correlation: `handover-${locator.slice(0, 8)}`,
    detail: {},
  };
}
