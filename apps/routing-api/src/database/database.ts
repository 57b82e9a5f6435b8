import { type AuditEntry, auditHash, type Clock, genesis } from '@tongban/core';
import pg from 'pg';
import { startSentence } from '../words.ts';
import { StartFailure } from './failure.ts';

/** What an audit entry says before it gets its place in the chain. Codes and numbers only, never personal data. */
export type AuditNote = Pick<AuditEntry, 'event' | 'actor' | 'subject' | 'correlation' | 'detail'>;

/** A row that terminals will pull. */
export interface Publication {
  readonly scope: string;
  readonly id: string;
  readonly body: unknown;
  readonly deleted?: boolean;
}

/**
 * One transaction. What it notes and publishes is written at its very end: the chain's head and the scopes' counters
 * are rows that everybody locks, so they are locked last and for as short as can be.
 */
export interface Unit {
  query<Row extends pg.QueryResultRow>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
  audit(note: AuditNote): void;
  publish(publication: Publication): void;
}

export interface Database {
  query<Row extends pg.QueryResultRow>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
  /** Runs `work` in one transaction with its audit entries and publications; rolled back when it throws. */
  transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** A connection of its own, for LISTEN. */
  dedicated(): pg.Client;
  /** Called after each commit that wrote to the chain, with its new last link. */
  onAuditHead(listener: (head: AuditHead) => void): void;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Channel on which instances tell each other what changed. */
export const changesChannel = 'tongban_changes';

// Counters stay far below 2^53; as numbers they read like what they are.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Connects and checks the server's version. Throws {@link StartFailure}. */
export async function connect(url: string, clock: Clock): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'tongban',
  });
  // An idle connection that breaks is replaced by the next query, which reports what it meets.
  pool.on('error', () => undefined);
  await checkServer(pool);
  const listeners: ((head: AuditHead) => void)[] = [];

  async function transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    const notes: AuditNote[] = [];
    const publications: Publication[] = [];
    let broken: Error | undefined;
    // A connection that breaks between two queries tells it only here; unheard it would end the process.
    const onBroken = (error: Error) => {
      broken = error;
    };
    client.on('error', onBroken);
    try {
      await client.query('begin');
      const result = await work({
        query: (sql, values) => client.query(sql, values as unknown[]),
        audit: (note) => notes.push(note),
        publish: (publication) => publications.push(publication),
      });
      const head = await appendAudit(client, notes, clock);
      await writePublications(client, publications);
      await client.query('commit');
      if (head !== undefined) for (const listener of listeners) listener(head);
      return result;
    } catch (error) {
      await client.query('rollback').catch((failed: Error) => {
        broken = failed;
      });
      throw error;
    } finally {
      client.off('error', onBroken);
      client.release(broken);
    }
  }

  return {
    pool,
    query: (sql, values) => pool.query(sql, values as unknown[]),
    transaction,
    dedicated: () => new pg.Client({ connectionString: url, application_name: 'tongban listener' }),
    onAuditHead: (listener) => {
      listeners.push(listener);
    },
    close: () => pool.end(),
  };
}

async function checkServer(pool: pg.Pool): Promise<void> {
  let version: string;
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num');
    version = rows[0]?.server_version_num ?? '0';
  } catch (error) {
    await pool.end();
    const said = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new StartFailure('database-unreachable', startSentence('database-unreachable', { said }));
  }
  if (Number(version) < 160_000) {
    await pool.end();
    throw new StartFailure('database-too-old', startSentence('database-too-old', { version }));
  }
}

async function appendAudit(
  client: pg.PoolClient,
  notes: readonly AuditNote[],
  clock: Clock,
): Promise<AuditHead | undefined> {
  if (notes.length === 0) return undefined;
  const { rows } = await client.query<AuditHead>('select seq, hash from audit_head for update');
  let { seq, hash } = rows[0] ?? { seq: 0, hash: genesis };
  const at = clock.now().toISOString();
  for (const note of notes) {
    const entry = { ...note, seq: seq + 1, at, previous: hash };
    const next = await auditHash(entry);
    await client.query(
      'insert into audit (seq, at, event, actor, subject, correlation, detail, previous, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        entry.seq,
        at,
        note.event,
        note.actor,
        note.subject,
        note.correlation,
        note.detail,
        hash,
        next,
      ],
    );
    seq = entry.seq;
    hash = next;
  }
  await client.query('update audit_head set seq = $1, hash = $2', [seq, hash]);
  return { seq, hash };
}

async function writePublications(
  client: pg.PoolClient,
  publications: readonly Publication[],
): Promise<void> {
  const byScope = Map.groupBy(publications, (publication) => publication.scope);
  // One order for all writers, or two of them would wait for each other.
  for (const scope of [...byScope.keys()].sort()) {
    const latest = new Map(byScope.get(scope)?.map((publication) => [publication.id, publication]));
    const { rows } = await client.query<{ seq: number }>(
      'insert into scopes (scope, seq) values ($1, $2) on conflict (scope) do update set seq = scopes.seq + $2 returning seq',
      [scope, latest.size],
    );
    const last = rows[0]?.seq ?? 0;
    let seq = last - latest.size;
    for (const { id, body, deleted } of latest.values()) {
      seq += 1;
      await client.query(
        `insert into changes (scope, id, seq, deleted, body) values ($1, $2, $3, $4, $5)
         on conflict (scope, id) do update set seq = excluded.seq, deleted = excluded.deleted, body = excluded.body`,
        [scope, id, seq, deleted ?? false, deleted === true ? null : JSON.stringify(body)],
      );
    }
    await client.query('select pg_notify($1, $2)', [
      changesChannel,
      JSON.stringify({ scope, seq: last }),
    ]);
  }
}
