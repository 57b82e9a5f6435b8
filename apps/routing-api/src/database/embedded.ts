import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  open,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startSentence } from '../words.ts';
import { type Binaries, findBinaries, folderOf } from './binaries.ts';
import { StartFailure } from './failure.ts';
import { endPostmaster, findPostmaster, isAlive, mayServe, type Postmaster } from './postmaster.ts';
import { type Account, accountFor, firstClosedFolder } from './runAs.ts';

/** A PostgreSQL server that belongs to one data folder. */
export interface EmbeddedServer {
  /** Connection of the API's own role, which is no superuser. */
  readonly url: string;
  /** Connection of the superuser: for looking, mending and tests. */
  readonly adminUrl: string;
  readonly pid: number;
  /** True when a server left over from a crash was taken over. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

/** Session lock that says "one routing API works on this cluster"; it goes with the connection, however that ends. */
const instanceLock = 7_300_001;
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'shared_buffers=64MB',
  // The server's own log may not repeat what stood in a statement.
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_parameter_max_length_on_error=0',
  'timezone=UTC',
];

/**
 * Starts PostgreSQL on `dataFolder/database`, making the cluster when there is none. A server that a crash left over
 * is taken over; one that another API is using is not touched. Throws {@link StartFailure}.
 */
export async function startEmbedded(dataFolder: string): Promise<EmbeddedServer> {
  const folder = resolve(dataFolder);
  const cluster = join(folder, 'database');
  const binaries = await findBinaries();
  if (binaries === undefined) {
    throw new StartFailure(
      'no-postgres-for-platform',
      startSentence('no-postgres-for-platform', {
        platform: `${process.platform}-${process.arch}`,
      }),
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const account = await accountFor(cluster);
  await refuseClosedFolders([folder, folderOf(binaries)], account);
  const password = await passwordIn(folder);
  await prepare(cluster, account, binaries, password);

  const urls = (port: number) => ({
    url: `postgres://tongban:${password}@127.0.0.1:${port}/tongban`,
    adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/tongban`,
  });
  const left = await adoptable(cluster, password);
  const start = async (
    until: number,
  ): Promise<{ port: number; pid: number; keeper: pg.Client }> => {
    const port = left?.port ?? (await freePort());
    const pid = left?.pid ?? (await launch(binaries, cluster, folder, port, account));
    try {
      return { port, pid, keeper: await holdInstanceLock(port, password, folder, pid) };
    } catch (error) {
      if (!(error instanceof StartFailure) || !passes(error) || performance.now() > until)
        throw error;
      await new Promise((next) => setTimeout(next, 100));
      return start(until);
    }
  };
  const { port, pid, keeper } = await start(performance.now() + 20_000);
  await ensureDatabase(keeper, password);
  return {
    ...urls(port),
    pid,
    adopted: left !== undefined,
    stop: async () => {
      await keeper.end();
      if (!(await endPostmaster(pid, 20_000))) process.kill(pid, 'SIGQUIT');
    },
  };
}

/**
 * What stands in the way of a start and goes by itself: somebody took the port between finding it free and listening on
 * it, or the processes of a server that was killed have not all heard of it.
 */
function passes({ code, message }: StartFailure): boolean {
  return code === 'database-did-not-start' && /could not bind|is still in use/.test(message);
}

/** Connection of the superuser to a server that is running on this data folder, for commands that only look. */
export async function adminUrlOf(dataFolder: string): Promise<string | undefined> {
  const running = await findPostmaster(join(resolve(dataFolder), 'database'));
  if (running === undefined) return undefined;
  return `postgres://postgres:${await passwordIn(resolve(dataFolder))}@127.0.0.1:${running.port}/tongban`;
}

/** Whether a database was ever made in this data folder. */
export async function hasCluster(dataFolder: string): Promise<boolean> {
  return isInitialised(join(resolve(dataFolder), 'database'));
}

function isInitialised(cluster: string): Promise<boolean> {
  return stat(join(cluster, 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      // A folder that another account keeps closed is not an empty one.
      if (error.code === 'EACCES') return true;
      return false;
    },
  );
}

async function refuseClosedFolders(
  folders: readonly string[],
  account: Account | undefined,
): Promise<void> {
  for (const folder of folders) {
    const closed = await firstClosedFolder(folder, account);
    if (closed === undefined) continue;
    throw new StartFailure(
      'folder-closed',
      startSentence('folder-closed', {
        closed,
        folder,
        account: account?.name ?? process.env.USER ?? '',
      }),
    );
  }
}

/** Password of both roles: random, made once, readable by the owner of the data folder alone. */
async function passwordIn(folder: string): Promise<string> {
  const file = join(folder, 'database.password');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES')
      throw new StartFailure('folder-not-ours', startSentence('folder-not-ours', { folder }));
    if (code !== 'ENOENT') throw error;
  }
  const password = randomBytes(24).toString('base64url');
  try {
    await writeFile(file, password, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    throw new StartFailure('folder-not-ours', startSentence('folder-not-ours', { folder }));
  }
  return password;
}

async function prepare(
  cluster: string,
  account: Account | undefined,
  binaries: Binaries,
  password: string,
): Promise<void> {
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  if (account !== undefined) await chown(cluster, account.uid, account.gid);
  else if (process.getuid !== undefined && (await stat(cluster)).uid !== process.getuid()) {
    throw new StartFailure(
      'folder-not-ours',
      startSentence('folder-not-ours', { folder: cluster }),
    );
  }
  if (await isInitialised(cluster)) return;
  const secretFolder = await mkdtemp(join(tmpdir(), 'tongban-'));
  try {
    await chmod(secretFolder, 0o700);
    const passwordFile = join(secretFolder, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account !== undefined) {
      await chown(secretFolder, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await initialise(binaries.initdb, cluster, passwordFile, account);
  } finally {
    await rm(secretFolder, { recursive: true, force: true });
  }
}

async function initialise(
  initdb: string,
  cluster: string,
  passwordFile: string,
  account: Account | undefined,
) {
  const child = spawn(
    initdb,
    [
      `--pgdata=${cluster}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--data-checksums',
    ],
    { ...switchTo(account), cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new StartFailure(
      'database-did-not-start',
      startSentence('database-did-not-start', { said: said.trim() }),
    );
  }
}

/** Starts the server in a session of its own, so that Ctrl-C reaches the API first and the database last. */
async function launch(
  binaries: Binaries,
  cluster: string,
  folder: string,
  port: number,
  account: Account | undefined,
): Promise<number> {
  const log = await open(join(folder, 'database.log'), 'a', 0o600);
  const child = spawn(
    binaries.postgres,
    ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...switchTo(account), cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  await once(child, 'spawn');
  await log.close();
  child.unref();
  return child.pid as number;
}

function switchTo(account: Account | undefined) {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/**
 * A server that runs on this cluster already and answers as such; the pid file alone proves nothing. One that still
 * recovers from the crash is waited for; a pid file whose number now belongs to another program is removed.
 */
async function adoptable(cluster: string, password: string): Promise<Postmaster | undefined> {
  const found = await findPostmaster(cluster);
  if (found === undefined) return undefined;
  if (!(await mayServe(found.pid, cluster))) {
    await rm(join(cluster, 'postmaster.pid'), { force: true });
    return undefined;
  }
  const until = performance.now() + 20_000;
  while (isAlive(found.pid)) {
    const folder = await folderServedAt(found.port, password);
    if (folder === cluster) return found;
    if (performance.now() > until) {
      await endPostmaster(found.pid, 10_000);
      return undefined;
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  return undefined;
}

async function folderServedAt(port: number, password: string): Promise<string | undefined> {
  const client = adminClient(port, password);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    );
    return rows[0]?.folder;
  } catch {
    // Not ready, or not a database: the caller looks again until its time is up.
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function holdInstanceLock(
  port: number,
  password: string,
  folder: string,
  pid: number,
): Promise<pg.Client> {
  const until = performance.now() + 30_000;
  for (;;) {
    const client = adminClient(port, password);
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ got: boolean }>(
        'select pg_try_advisory_lock($1) as got',
        [instanceLock],
      );
      if (rows[0]?.got === true) return client;
      await client.end();
      throw new StartFailure('data-in-use', startSentence('data-in-use', { folder }));
    } catch (error) {
      if (error instanceof StartFailure) throw error;
      await client.end().catch(() => undefined);
      if (!isAlive(pid) || performance.now() > until) {
        const said = lastSaidBy(pid, await readFile(join(folder, 'database.log'), 'utf8'));
        throw new StartFailure(
          'database-did-not-start',
          startSentence('database-did-not-start', { said }),
        );
      }
      await new Promise((next) => setTimeout(next, 25));
    }
  }
}

/**
 * The end of what this process wrote to the log; of all that stands there where it wrote nothing. The processes of a
 * server that was killed write to the same file, perhaps after the one that could not start because of them.
 */
export function lastSaidBy(pid: number, log: string): string {
  const lines = log.trim().split('\n');
  const own = lines.filter((line) => line.includes(`[${pid}]`));
  return (own.length > 0 ? own : lines).slice(-3).join(' ');
}

async function ensureDatabase(admin: pg.Client, password: string): Promise<void> {
  const role = await admin.query(`select 1 from pg_roles where rolname = 'tongban'`);
  if (role.rowCount === 0) await admin.query(`create role tongban login password '${password}'`);
  const database = await admin.query(`select 1 from pg_database where datname = 'tongban'`);
  if (database.rowCount === 0) await admin.query('create database tongban owner tongban');
}

function adminClient(port: number, password: string): pg.Client {
  return new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
