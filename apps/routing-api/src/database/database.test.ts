import { readdir } from 'node:fs/promises';
import { systemClock, systemRandom } from '@tongban/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startAnchor } from '../audit/anchor.ts';
import { settleEpoch } from '../audit/epoch.ts';
import { verifyAudit } from '../audit/verify.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { connect, type Database } from './database.ts';
import { type EmbeddedServer, startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: EmbeddedServer;
let database: Database;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startEmbedded(folder.path);
  database = await connect(server.url, systemClock);
  await migrate(database.pool);
  const anchor = startAnchor(folder.path, (error) => {
    throw error;
  });
  const ports = { clock: systemClock, random: systemRandom };
  await settleEpoch({ database, dataFolder: folder.path, anchor, ...ports });
});
afterAll(async () => {
  await database.close();
  await server.stop();
  await folder.remove();
});

const note = (subject: string) => ({
  event: 'test.written',
  actor: 'test',
  subject,
  correlation: 'test-0001',
  detail: { n: 1 },
});
async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

test('migrations run once, also when several instances start at the same moment', async () => {
  await Promise.all([migrate(database.pool), migrate(database.pool), migrate(database.pool)]);
  const { rows } = await database.query<{ step: number }>(
    'select step from migrations order by step',
  );
  const files = await readdir(new URL('./migrations/', import.meta.url));
  expect(rows.map(({ step }) => step)).toEqual(
    files.sort().map((name) => Number(name.slice(0, 4))),
  );
});

test('data written by a newer program is refused with a sentence', async () => {
  await database.query(`insert into migrations (step, name) values (9999, 'tomorrow')`);
  await expect(migrate(database.pool)).rejects.toMatchObject({
    code: 'database-newer',
    message: expect.stringContaining('9999'),
  });
  await database.query('delete from migrations where step = 9999');
});

test('[P3] sixteen writers at once: the counter is dense, and a reader that asks for "after n" misses nothing', async () => {
  const writers = 16;
  const each = 25;
  const seen: number[] = [];
  let last = 0;
  let writing = true;
  const reader = (async () => {
    while (writing) {
      const { rows } = await database.query<{ seq: number }>(
        `select seq from changes where scope = 'status:test' and seq > $1 order by seq`,
        [last],
      );
      for (const { seq } of rows) seen.push(seq);
      last = rows.at(-1)?.seq ?? last;
    }
  })();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let n = 0; n < each; n += 1) {
        await database.transaction(async (unit) => {
          unit.publish({ scope: 'status:test', id: `${writer}-${n}`, body: { writer, n } });
          unit.publish({ scope: `status:own-${writer}`, id: `${n}`, body: {} });
          unit.audit(note(`${writer}-${n}`));
          // Some take their time between writing and committing, so that transactions end out of order.
          if (n % 5 === 0) await unit.query('select pg_sleep(0.01)');
        });
      }
    }),
  );
  writing = false;
  await reader;
  const { rows } = await database.query<{ seq: number }>(
    `select seq from changes where scope = 'status:test' and seq > $1 order by seq`,
    [last],
  );
  seen.push(...rows.map(({ seq }) => seq));
  expect(seen).toEqual(Array.from({ length: writers * each }, (_, index) => index + 1));
});

test('a transaction that fails leaves no number, no entry and no row behind', async () => {
  const before = await database.query(`select seq from scopes where scope = 'status:test'`);
  const head = await database.query('select seq, hash from audit_head');
  const failing = database.transaction(async (unit) => {
    unit.publish({ scope: 'status:test', id: 'never', body: {} });
    unit.audit(note('never'));
    await unit.query('select 1 / 0');
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect((await database.query(`select seq from scopes where scope = 'status:test'`)).rows).toEqual(
    before.rows,
  );
  expect((await database.query('select seq, hash from audit_head')).rows).toEqual(head.rows);
});

test('a row written again moves to the end, and a deleted one says so', async () => {
  const publish = (body: unknown, deleted?: boolean) =>
    database.transaction(async (unit) =>
      unit.publish({
        scope: 'status:again',
        id: 'one',
        body,
        ...(deleted === undefined ? {} : { deleted }),
      }),
    );
  await publish({ v: 1 });
  await publish({ v: 2 });
  await publish(undefined, true);
  const { rows } = await database.query(
    `select id, seq, deleted, body from changes where scope = 'status:again'`,
  );
  expect(rows).toEqual([{ id: 'one', seq: 3, deleted: true, body: null }]);
});

test('the log cannot be changed or emptied by the API’s own role', async () => {
  for (const sql of [
    `update audit set actor = 'somebody'`,
    'delete from audit',
    'truncate audit',
  ]) {
    await expect(database.query(sql)).rejects.toThrow('append-only');
  }
});

test.each([
  [
    'an entry altered',
    `update audit set detail = '{"n": 2}' where seq = 7`,
    { seq: 7, why: 'altered' },
  ],
  ['an entry removed', 'delete from audit where seq = 9', { seq: 9, why: 'gap' }],
  [
    'its end cut off, head and all',
    `delete from audit where seq > 400; update audit_head set seq = 400, hash = (select hash from audit where seq = 400)`,
    { seq: 401, why: 'cut-short' },
  ],
])('what a superuser does to the log is found: %s', async (_name, tampering, found) => {
  expect(await verifyAudit({ dataFolder: folder.path })).toMatchObject({ holds: true });
  const { rows } = await database.query<{ seq: number; hash: string }>(
    'select seq, hash from audit_head',
  );
  // What the running centre keeps outside the database.
  const anchor = startAnchor(folder.path, () => undefined);
  anchor.note(rows[0]!);
  await anchor.settle();
  await asSuperuser(
    `create table audit_kept as table audit; create table head_kept as table audit_head;
     set session_replication_role = replica; ${tampering}`,
  );
  try {
    expect(await verifyAudit({ dataFolder: folder.path })).toMatchObject({
      holds: false,
      ...found,
    });
  } finally {
    await asSuperuser(
      `set session_replication_role = replica; delete from audit; insert into audit select * from audit_kept;
       delete from audit_head; insert into audit_head select * from head_kept; drop table audit_kept, head_kept`,
    );
  }
});

test('a chain written anew from the start is not the one that the data folder remembers', async () => {
  const { rows } = await database.query<{ seq: number }>('select seq from audit_head');
  const anchor = startAnchor(folder.path, () => undefined);
  anchor.note({ seq: rows[0]!.seq, hash: 'A'.repeat(43) });
  await anchor.settle();
  expect(await verifyAudit({ dataFolder: folder.path })).toMatchObject({
    holds: false,
    why: 'not-our-chain',
  });
});
