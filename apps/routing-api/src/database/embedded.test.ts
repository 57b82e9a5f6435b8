import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { type EmbeddedServer, lastSaidBy, startEmbedded } from './embedded.ts';
import { endPostmaster, isAlive } from './postmaster.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  cleanups.push(folder.remove);
  return folder.path;
}

async function started(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded(folder);
  cleanups.push(() => server.stop());
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A process that started the database and was then killed without a chance to stop it. */
async function killedHolder(folder: string): Promise<number> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../testing/holdDatabase.ts', import.meta.url)), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { pid } = JSON.parse(line.toString()) as { pid: number };
  cleanups.push(() => endPostmaster(pid, 10_000));
  child.kill('SIGKILL');
  await once(child, 'exit');
  return pid;
}

test('a restart keeps the data', async () => {
  const folder = await newFolder();
  const first = await startEmbedded(folder);
  await ask(first.url, 'create table kept (n integer); insert into kept values (7)');
  await first.stop();
  const second = await started(folder);
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('the API works under a role that is no superuser, and commits reach the disk', async () => {
  const server = await started(await newFolder());
  const rows = await ask(
    server.url,
    "select rolsuper, current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync, current_setting('data_checksums') as checksums from pg_roles where rolname = current_user",
  );
  expect(rows).toEqual([{ rolsuper: false, fsync: 'on', sync: 'on', checksums: 'on' }]);
});

test('a server left over from a killed process is taken over with its data', async () => {
  const folder = await newFolder();
  const pid = await killedHolder(folder);
  expect(isAlive(pid)).toBe(true);
  const server = await started(folder);
  expect(server).toMatchObject({ adopted: true, pid });
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server that was killed while one of its processes lingers is waited for', async () => {
  const folder = await newFolder();
  const first = await startEmbedded(folder);
  await ask(first.url, 'create table kept (n integer); insert into kept values (7)');
  const [lingering] = (await ask(
    first.adminUrl,
    "select pid from pg_stat_activity where backend_type = 'checkpointer'",
  )) as [{ pid: number }];
  process.kill(lingering.pid, 'SIGSTOP');
  process.kill(first.pid, 'SIGKILL');
  const again = startEmbedded(folder);
  const tried = async () =>
    (await readFile(join(folder, 'database.log'), 'utf8')).split('is still in use').length - 1;
  await Promise.race([expect.poll(tried, { timeout: 20_000 }).toBeGreaterThan(5), again]);
  process.kill(lingering.pid, 'SIGKILL');
  const second = await again;
  cleanups.push(() => second.stop());
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('a taken-over server ends with the API that took it', async () => {
  const folder = await newFolder();
  const pid = await killedHolder(folder);
  const server = await startEmbedded(folder);
  await server.stop();
  expect(isAlive(pid)).toBe(false);
});

test('why a start failed is told by who failed, not by those of the server before who wrote after it', () => {
  const log = `2026-11-27 06:24:08.140 UTC [20700] FATAL:  pre-existing shared memory block is still in use
2026-11-27 06:24:08.140 UTC [20700] HINT:  Terminate any old server processes.
2026-11-27 06:24:08.147 UTC [20610] FATAL:  terminating connection due to unexpected postmaster exit
2026-11-27 06:24:08.149 UTC [20611] FATAL:  terminating connection due to unexpected postmaster exit
2026-11-27 06:24:08.151 UTC [20596] FATAL:  terminating connection due to unexpected postmaster exit
`;
  expect(lastSaidBy(20_700, log)).toMatch(
    /^\S+ \S+ UTC \[20700\] FATAL: .* is still in use .* HINT/,
  );
  expect(lastSaidBy(20_701, log)).toContain('[20596]');
});

test('a data folder in use is left alone and named', async () => {
  const folder = await newFolder();
  const server = await started(folder);
  await expect(startEmbedded(folder)).rejects.toMatchObject({
    code: 'data-in-use',
    message: expect.stringContaining(folder),
  });
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a pid file left by a crash of the machine, its number now another program, is no obstacle', async () => {
  const folder = await newFolder();
  await (await startEmbedded(folder)).stop();
  const file = join(folder, 'database', 'postmaster.pid');
  await writeFile(file, `${process.pid}\n${join(folder, 'database')}\n0\n5999\n\n127.0.0.1\n`);
  await chmod(file, 0o644);
  const server = await started(folder);
  expect(server.adopted).toBe(false);
});

test('a folder that the database account cannot pass through is named, with the remedy', async () => {
  const folder = await newFolder();
  const closed = join(folder, 'home');
  await mkdir(join(closed, 'data'), { recursive: true });
  await chmod(closed, process.getuid?.() === 0 ? 0o700 : 0o600);
  await expect(startEmbedded(join(closed, 'data'))).rejects.toMatchObject({
    code: 'folder-closed',
    message: expect.stringContaining(`chmod o+x ${closed}`),
  });
  await chmod(closed, 0o700);
});

test("the server's own log repeats no values", async () => {
  const folder = await newFolder();
  const server = await started(folder);
  await ask(server.url, 'create table secrets (name text primary key)');
  const insert = "insert into secrets values ('林知夏')";
  await ask(server.url, insert);
  await expect(ask(server.url, insert)).rejects.toThrow();
  const log = await readFile(join(folder, 'database.log'), 'utf8');
  expect(log).toContain('duplicate key');
  expect(log).not.toContain('林知夏');
});
