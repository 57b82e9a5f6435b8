import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { startSentence } from '../words.ts';
import { StartFailure } from './failure.ts';

const folder = fileURLToPath(new URL('./migrations/', import.meta.url));
const migrationLock = 7_300_002;
const tableOfSteps =
  'create table if not exists migrations (step integer primary key, name text not null, applied_at timestamptz not null default now())';

/** One numbered file of the schema. */
export interface Step {
  readonly step: number;
  readonly name: string;
}

type Client = Pick<pg.ClientBase, 'query'>;

/**
 * Brings the schema up to date: numbered SQL files in order, each in its own transaction, once. A session lock lets
 * several instances start at the same moment. Refuses data that a newer program wrote.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const steps = await knownSteps();
  const client = await pool.connect();
  try {
    // An index over millions of rows takes longer than any request may, and others wait for it.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(tableOfSteps);
    const { rows } = await client.query<{ step: number }>('select step from migrations');
    const done = new Set(rows.map((row) => row.step));
    const found = Math.max(0, ...done);
    // Numbers are reserved ahead: there may be fewer files than the highest of them says.
    const known = Math.max(0, ...steps.map(({ step }) => step));
    if (found > known) {
      throw new StartFailure('database-newer', startSentence('database-newer', { found, known }));
    }
    for (const step of steps) {
      if (done.has(step.step)) continue;
      await client.query('begin');
      try {
        await applyStep(client, step);
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

/** The steps that this program knows, in their order. */
export async function knownSteps(): Promise<Step[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name)).sort();
  return files.map((name) => ({ step: Number(name.slice(0, 4)), name }));
}

/** Makes the schema of these steps in a database that has none, within the caller's transaction. */
export async function applySteps(client: Client, steps: readonly Step[]): Promise<void> {
  await client.query(tableOfSteps);
  for (const step of steps) await applyStep(client, step);
}

async function applyStep(client: Client, { step, name }: Step): Promise<void> {
  await client.query(await readFile(join(folder, name), 'utf8'));
  await client.query('insert into migrations (step, name) values ($1, $2)', [step, name]);
}
