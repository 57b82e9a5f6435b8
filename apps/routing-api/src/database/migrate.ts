import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { startSentence } from '../words.ts';
import { StartFailure } from './failure.ts';

const folder = fileURLToPath(new URL('./migrations/', import.meta.url));
const migrationLock = 7_300_002;

/**
 * Brings the schema up to date: numbered SQL files in order, each in its own transaction, once. A session lock lets
 * several instances start at the same moment. Refuses data that a newer program wrote.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name)).sort();
  const client = await pool.connect();
  try {
    // An index over millions of rows takes longer than any request may, and others wait for it.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(
      'create table if not exists migrations (step integer primary key, name text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ step: number }>('select step from migrations');
    const done = new Set(rows.map((row) => row.step));
    const found = Math.max(0, ...done);
    // Numbers are reserved ahead: there may be fewer files than the highest of them says.
    const known = Math.max(0, ...files.map(stepOf));
    if (found > known) {
      throw new StartFailure('database-newer', startSentence('database-newer', { found, known }));
    }
    for (const name of files) {
      const step = stepOf(name);
      if (done.has(step)) continue;
      const sql = await readFile(join(folder, name), 'utf8');
      await client.query('begin');
      try {
        await client.query(sql);
        await client.query('insert into migrations (step, name) values ($1, $2)', [step, name]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    // Closed, not given back: its settings are this work's own.
    client.release(true);
  }
}

function stepOf(name: string): number {
  return Number(name.slice(0, 4));
}
