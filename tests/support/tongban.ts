import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/build/sources.ts';

export interface TongbanOptions {
  /** An existing data folder, kept afterwards. Without it a new one is made, and removed by `stop`. */
  readonly dataFolder?: string;
  /** A fixed port, for a centre that comes back where browsers look for it. Default: a free one. */
  readonly port?: number;
  /** As in production: no demonstration accounts, and terminals need a code. */
  readonly production?: boolean;
  /** With the identity provider of the demonstration beside the accounts. */
  readonly provider?: boolean;
}

/** A centre that runs: real routing API, real PostgreSQL, all pages. */
export interface Tongban {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly dataFolder: string;
  stop(): Promise<void>;
  /** Ends the API as a power cut does. Its database is left over; the next start on the folder finds it. */
  crash(): Promise<void>;
}

/**
 * Starts a centre with its demonstration data on a data folder of its own. The first of a test run makes the
 * database, the others copy it.
 */
export async function startTongban(options: TongbanOptions = {}): Promise<Tongban> {
  const own = options.dataFolder === undefined;
  const dataFolder = options.dataFolder ?? (await copyOfTemplate());
  // A provider sends people back to a port that it was told before.
  const port = options.port ?? (options.provider === true ? await freePort() : 0);
  const centre = await serve(dataFolder, port, options.production !== true, options.provider);
  return {
    origin: centre.origin,
    dataFolder,
    async stop() {
      await end(centre.child, () => centre.child.send({ stop: true }));
      if (own) await rm(dataFolder, { recursive: true, force: true });
    },
    crash: () => end(centre.child, () => centre.child.kill('SIGKILL')),
  };
}

async function serve(
  dataFolder: string,
  port: number,
  demonstration = true,
  provider = false,
): Promise<{ origin: string; child: ChildProcess }> {
  const child = fork(join(import.meta.dirname, 'serve.ts'), {
    cwd: root,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = `${said}${chunk}`.slice(-10_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const origin = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The centre ended with ${code}: ${said}`)));
    child.on('message', (message: { origin: string } | { failed: string }) => {
      if ('origin' in message) resolve(message.origin);
      else reject(new Error(`The centre did not start: ${message.failed}\n${said}`));
    });
    child.send({
      start: {
        port,
        host: '127.0.0.1',
        dataFolder,
        pages: {
          kiosk: join(root, 'apps/kiosk/dist/renderer'),
          phone: join(root, 'apps/mobile-web/dist'),
          departments: join(root, 'apps/routing-api/dist/desk'),
        },
        demonstration,
      },
      provider,
    });
  });
  return { origin, child };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function end(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    ask();
  });
}

/** A new data folder with the state of a centre that was started once and ended. The caller removes it. */
export async function copyOfTemplate(): Promise<string> {
  const template = await templateFolder();
  const copy = await mkdtemp(join(tmpdir(), 'tongban-centre-'));
  // PostgreSQL runs as another user when the tests are root, and must get through.
  await chmod(copy, 0o711);
  // Not Node's own copying: owners and modes must be kept.
  execFileSync('cp', ['-a', `${template}/.`, copy]);
  return copy;
}

/**
 * Made once for each state of the migrations and of this API, in the system's temporary folder: it holds a
 * database whose user may not get into ours.
 */
async function templateFolder(): Promise<string> {
  const template = join(tmpdir(), `tongban-template-${await apiHash()}`);
  if (existsSync(template)) return template;
  const making = await mkdtemp(`${template}-`);
  await chmod(making, 0o711);
  const centre = await serve(making, 0);
  await end(centre.child, () => centre.child.send({ stop: true }));
  try {
    await rename(making, template);
  } catch (error) {
    // Another test file was faster; its template is as good.
    if (!existsSync(template)) throw error;
    await rm(making, { recursive: true, force: true });
  }
  return template;
}

async function apiHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['apps/routing-api/src', 'catalogue', 'packages/core', 'packages/sync']) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      hash.update(`${path}\0`).update(await readFile(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
