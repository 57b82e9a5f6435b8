import { base64url, type Clock, genesis, type Random } from '@tongban/core';
import type { AuditHead } from '../database/appendAudit.ts';
import type { Database, Unit } from '../database/database.ts';
import { changesChannel } from '../database/writePublications.ts';
import {
  type Anchor,
  type AnchorWriter,
  forgetAnchors,
  leftBehind,
  type RememberedHead,
  readAnchors,
} from './anchor.ts';
import { type Identity, isSame, readIdentity } from './identity.ts';

/** A life of the database as it is written in it. */
export interface LifeRow extends Identity {
  readonly epoch: string;
}

/** Reads the present life; `lock` keeps others from beginning a new one. */
export async function readLife(
  database: Pick<Database, 'query'>,
  lock = false,
): Promise<LifeRow | undefined> {
  const { rows } = await database.query<LifeRow>(
    `select epoch, timeline, system from centre ${lock ? 'for update' : ''}`,
  );
  return rows[0];
}

export async function hasLink(database: Pick<Database, 'query'>, head: AuditHead) {
  const { rows } = await database.query<{ hash: string }>('select hash from audit where seq = $1', [
    head.seq,
  ]);
  return rows[0]?.hash === head.hash;
}

/** Why a new life begins: what was remembered of those before it, outside of the database. */
export interface Remembered {
  /** Number of the newest link. */
  readonly seq: number;
  /** Lives that it takes the place of; the database itself may know nothing of them. */
  readonly epochs: readonly string[];
}

/**
 * Begins a new life of the database: terminals offer again what they hold and pull everything anew. All processes are
 * told with the commit. The centre's row must be locked by the caller.
 */
export async function beginLife(
  unit: Pick<Unit, 'query' | 'audit'>,
  random: Random,
  identity: Identity,
  { seq: remembered, epochs: before }: Remembered,
): Promise<string> {
  const epoch = base64url(random.bytes(12));
  await unit.query('update centre set epoch = $1, timeline = $2, system = $3', [
    epoch,
    identity.timeline,
    identity.system,
  ]);
  unit.audit({
    event: 'centre.restored',
    actor: 'centre',
    subject: 'centre',
    correlation: epoch,
    detail: { epoch, remembered, before },
  });
  await unit.query('select pg_notify($1, $2)', [changesChannel, JSON.stringify({ epoch })]);
  return epoch;
}

export interface SettleOptions {
  readonly database: Database;
  readonly dataFolder: string;
  readonly anchor: AnchorWriter;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Founds the centre on first start, and gives it a new epoch when the database is not the one that the data folder
 * remembers, or not at the server where it was: it was restored from a backup, or a replica took over. The life that it
 * lives then is remembered before anybody is told of it.
 */
export async function settleEpoch({
  database,
  dataFolder,
  anchor,
  clock,
  random,
}: SettleOptions): Promise<'founded' | 'same' | 'restored'> {
  const anchors = await readAnchors(dataFolder);
  const outcome = await database.transaction<'founded' | 'same' | 'restored'>(async (unit) => {
    const identity = await readIdentity(unit);
    await unit.query('insert into audit_head (seq, hash) values (0, $1) on conflict do nothing', [
      genesis,
    ]);
    const fresh = base64url(random.bytes(12));
    const founded = await unit.query(
      `insert into centre (epoch, founded_at, timeline, system) values ($1, $2, $3, $4)
       on conflict do nothing returning epoch`,
      [fresh, clock.now().toISOString(), identity.timeline, identity.system],
    );
    if (founded.rowCount === 1) {
      unit.audit({
        event: 'centre.founded',
        actor: 'centre',
        subject: 'centre',
        correlation: fresh,
        detail: { epoch: fresh },
      });
      // A data folder that remembers a chain is not new, even when its database is.
      if (anchors.length === 0) return 'founded';
    } else {
      const life = await readLife(unit, true);
      if (life !== undefined && isSame(life, identity) && (await allKept(unit, anchors, life))) {
        // A database from before this was written down learns it now.
        await unit.query('update centre set timeline = $1, system = $2', [
          identity.timeline || life.timeline,
          identity.system || life.system,
        ]);
        return 'same';
      }
    }
    await beginLife(unit, random, identity, rememberedBy(anchors));
    return 'restored';
  });
  const { rows } = await database.query<RememberedHead>(
    'select audit_head.seq, audit_head.hash, centre.epoch from audit_head, centre',
  );
  if (rows[0] !== undefined) anchor.note(rows[0]);
  await anchor.settle();
  // A new life is noticed once: who remembers more than it has is answered for.
  if (outcome === 'restored') await forgetAnchors(anchors);
  else await forgetAnchors(await leftBehind(anchors, clock.now()));
  return outcome;
}

/** Whether the chain still has every link that was remembered, or somebody noticed before that it has not. */
async function allKept(unit: Unit, anchors: readonly Anchor[], life: LifeRow): Promise<boolean> {
  for (const { head } of anchors) {
    if (head === undefined) return false;
    if (await hasLink(unit, head)) continue;
    if (head.epoch === undefined || head.epoch === life.epoch) return false;
    if (!(await wasHere(unit, head.epoch))) return false;
  }
  return true;
}

export function rememberedBy(anchors: readonly Anchor[]): Remembered {
  const epochs = anchors.flatMap(({ head }) => head?.epoch ?? []);
  const seq = Math.max(0, ...anchors.map(({ head }) => head?.seq ?? 0));
  return { seq, epochs: [...new Set(epochs)] };
}

/**
 * Whether a life was one of this database, or a later one took its place: what was lost with its end has been noticed
 * then.
 */
export async function wasHere(database: Pick<Database, 'query'>, epoch: string): Promise<boolean> {
  const { rows } = await database.query(
    `select 1 from audit where subject = 'centre' and (detail ->> 'epoch' = $1 or detail -> 'before' ? $1) limit 1`,
    [epoch],
  );
  return rows.length > 0;
}
