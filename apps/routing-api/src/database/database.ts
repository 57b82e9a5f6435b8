import type { Clock } from '@tongban/core';
import pg from 'pg';
import { startSentence } from '../words.ts';
import { type AuditHead, type AuditNote, appendAudit } from './appendAudit.ts';
import { StartFailure } from './failure.ts';
import { type Publication, writePublications } from './writePublications.ts';

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
  // The pool lets go of a connection before it is closed. What the server still says on it, that it shuts down, is
  // nobody's by then, and unheard it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
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
