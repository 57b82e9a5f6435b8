import { systemClock } from '@tongban/core';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect, type Database } from '../database/database.ts';
import { type EmbeddedServer, startEmbedded } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import type { Centre } from '../http/context.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { changesSince } from './changes.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const scope = 'status:hall:test';
const writers = 16;
const readers = 16;
/** Transactions of one writer in a round, and the rounds after which a naive reader that missed nothing is a failure. */
const each = 6;
const mostRounds = 40;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: EmbeddedServer;
let writing: Database;
let reading: Database;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startEmbedded(folder.path);
  writing = await connect(server.url, systemClock);
  // Connections of their own, or readers would wait for writers instead of reading beside them.
  reading = await connect(server.url, systemClock);
  await migrate(writing.pool);
  // What a reader could go by instead: a plain sequence, and the time of writing.
  await writing.query(
    `create table naive (id bigserial primary key, label text not null,
       updated_at timestamptz not null default clock_timestamp())`,
  );
});
afterAll(async () => {
  await reading.close();
  await writing.close();
  await server.stop();
  await folder.remove();
});

/** Writes the same row for all three kinds of reader in one transaction, which it may hold open or give up. */
async function write(label: string, slow: boolean, fails: boolean): Promise<boolean> {
  const done = writing.transaction(async (unit) => {
    await unit.query('insert into naive (label) values ($1)', [label]);
    unit.publish({ scope, id: label, body: { label } });
    // One row that everybody rewrites, as the events of a case rewrite its status.
    unit.publish({ scope, id: 'rewritten', body: { label } });
    if (slow) await unit.query('select pg_sleep(0.03)');
    if (fails) throw new Error('given up');
  });
  return done.then(
    () => true,
    (error: Error) => {
      if (error.message !== 'given up') throw error;
      return false;
    },
  );
}

interface Reader {
  readonly seen: Map<string, unknown>;
  /** One page after the reader's checkpoint; true when there was nothing more. */
  read(): Promise<boolean>;
}

/** As terminals pull: by the dense number, in pages. */
function denseReader(limit: number): Reader {
  const centre = { database: reading, epoch: async () => 'e' } as unknown as Centre;
  const seen = new Map<string, unknown>();
  let checkpoint = { epoch: 'e', seq: 0 };
  return {
    seen,
    async read() {
      const answer = await changesSince(centre, scope, checkpoint, limit);
      for (const { id, body } of answer.rows) seen.set(id, body);
      checkpoint = answer.checkpoint;
      return answer.complete;
    },
  };
}

/** The same with another column as checkpoint: everything newer than the newest that was seen. */
function naiveReader(column: 'id' | 'updated_at', first: string): Reader {
  const seen = new Map<string, unknown>();
  let last = first;
  return {
    seen,
    async read() {
      const { rows }: pg.QueryResult<{ label: string; at: string }> = await reading.query(
        `select label, ${column}::text as at from naive where ${column} > $1 order by ${column}`,
        [last],
      );
      for (const { label } of rows) seen.set(label, true);
      last = rows.at(-1)?.at ?? last;
      return true;
    },
  };
}

test('[P11] sixteen writers, sixteen readers: nobody who goes by our numbers misses a row; who goes by a sequence or by time does', async () => {
  const dense = Array.from({ length: readers }, (_, n) => denseReader(1 + n));
  const bySequence = naiveReader('id', '0');
  const byTime = naiveReader('updated_at', '-infinity');
  const all = [...dense, bySequence, byTime];
  const committed = new Set<string>();
  const missedBy = ({ seen }: Reader) => [...committed].filter((label) => !seen.has(label));

  for (let round = 0; round < mostRounds; round += 1) {
    let open = true;
    const readings = all.map(async (reader) => {
      while (open) await reader.read();
    });
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let n = 0; n < each; n += 1) {
          const label = `${round}-${writer}-${n}`;
          // Every fourth writer commits late, so that transactions end in another order than they began.
          if (await write(label, writer % 4 === 0, (writer + n) % 7 === 3)) committed.add(label);
        }
      }),
    );
    open = false;
    await Promise.all(readings);
    for (const reader of all) while (!(await reader.read()));
    for (const reader of dense) expect(missedBy(reader)).toEqual([]);
    if (missedBy(bySequence).length > 0 && missedBy(byTime).length > 0) break;
  }

  expect(missedBy(bySequence)).not.toEqual([]);
  expect(missedBy(byTime)).not.toEqual([]);
  const { rows } = await reading.query<{ id: string; body: unknown }>(
    'select id, body from changes where scope = $1',
    [scope],
  );
  // Every reader holds what the centre holds: each row once, the rewritten one as it was written last.
  const now = new Map(rows.map(({ id, body }) => [id, body]));
  expect(now.size).toBe(committed.size + 1);
  for (const { seen } of dense) expect(seen).toEqual(now);
  // Two numbers a transaction that was committed, none for those given up.
  const counter = await reading.query<{ seq: number }>('select seq from scopes where scope = $1', [
    scope,
  ]);
  expect(counter.rows).toEqual([{ seq: 2 * committed.size }]);
});
