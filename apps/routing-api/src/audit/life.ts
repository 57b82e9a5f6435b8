import type { Random } from '@tongban/core';
import type { FastifyBaseLogger } from 'fastify';
import type { AuditHead } from '../database/appendAudit.ts';
import type { Database } from '../database/database.ts';
import type { AnchorWriter } from './anchor.ts';
import { beginLife, hasLink, type LifeRow, readLife, wasHere } from './epoch.ts';
import { isSame, readIdentity } from './identity.ts';

export interface Life {
  /** Name of the database's present life. Settles a doubt before it answers; throws while the database is away. */
  epoch(): Promise<string>;
  /** Resolves once all that this process has committed is remembered outside of the database. */
  remembered(): Promise<void>;
  /** The database may be another one than before: look before the next answer. */
  doubt(): void;
}

export interface LifeOptions {
  readonly database: Database;
  readonly anchor: AnchorWriter;
  readonly random: Random;
  readonly log: FastifyBaseLogger;
}

/**
 * Notices that the database lost its end while this process runs: a replica took over that lagged, or somebody
 * restored it to an earlier moment. Nothing of that shows in a connection that was merely made anew, so each new
 * connection is a doubt; settled by asking the server who it is, and for the newest link of the chain this process wrote.
 */
export async function watchLife({ database, anchor, random, log }: LifeOptions): Promise<Life> {
  const first = await readLife(database);
  if (first === undefined) throw new Error('the centre is not founded');
  let epoch = first.epoch;
  let newest: AuditHead | undefined;
  let doubted = false;
  let settling: Promise<void> | undefined;

  function remember(head: AuditHead): void {
    // Commits may be told out of order; the chain only grows.
    if (newest !== undefined && head.seq <= newest.seq) return;
    newest = head;
    anchor.note({ ...head, epoch });
  }
  database.onAuditHead(remember);
  database.pool.on('connect', () => {
    doubted = true;
  });

  async function settle(): Promise<void> {
    while (doubted) {
      doubted = false;
      try {
        await look();
      } catch (error) {
        doubted = true;
        throw error;
      }
    }
  }

  async function look(): Promise<void> {
    const known = newest;
    const life = await readLife(database);
    if (life !== undefined && (await followsOurs(database, life))) return goOnIn(life.epoch);
    const same = life?.epoch === epoch && isSame(life, await readIdentity(database));
    if (same && (known === undefined || (await hasLink(database, known)))) return;
    const begun = await database.transaction(async (unit) => {
      const locked = await readLife(unit, true);
      if (locked !== undefined && (await followsOurs(unit, locked))) return locked.epoch;
      const remembered = { seq: known?.seq ?? 0, epochs: [epoch] };
      return beginLife(unit, random, await readIdentity(unit), remembered);
    });
    log.warn('the database lost its end: terminals will offer again what they hold');
    await goOnIn(begun);
  }

  /**
   * Whether another process noticed it first, and began this life after ours. One of which ours is not part is older: the
   * database was put back to where ours had not begun, and nobody may live that one again. Terminals that heard
   * nothing in between would take it for the life in which they were told "received".
   */
  async function followsOurs(from: Pick<Database, 'query'>, life: LifeRow): Promise<boolean> {
    return life.epoch !== epoch && (await wasHere(from, epoch));
  }

  /** The chain may be shorter now than what was remembered of the life before. */
  async function goOnIn(next: string): Promise<void> {
    epoch = next;
    newest = undefined;
    anchor.forget();
    const { rows } = await database.query<AuditHead>('select seq, hash from audit_head');
    if (rows[0] !== undefined) remember(rows[0]);
  }

  return {
    epoch: async () => {
      if (doubted) {
        settling ??= settle().finally(() => {
          settling = undefined;
        });
        await settling;
      }
      return epoch;
    },
    remembered: anchor.settle,
    doubt: () => {
      doubted = true;
    },
  };
}
