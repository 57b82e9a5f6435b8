import { type ChildProcess, fork } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from '../../scripts/build/sources.ts';

/** The routing API in a process of its own, at a port that stays. */
export interface FaultyCentre {
  readonly origin: string;
  /** SIGKILL, wherever it is. */
  kill(): Promise<void>;
  /** Starts it again; a database that is down for the moment is waited for. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFaultyCentre(
  dataFolder: string,
  databaseUrl: string,
): Promise<FaultyCentre> {
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    for (;;) {
      const said = await serve(dataFolder, databaseUrl, port);
      if (typeof said !== 'string') {
        child = said;
        return;
      }
      // While the database recovers it refuses connections, and the API says so and ends.
      if (!said.includes('database')) throw new Error(`The centre did not start: ${said}`);
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    if (signal === 'SIGKILL') ending.kill(signal);
    else ending.send({ stop: true });
    await ended;
  }

  await start();
  return {
    origin: `http://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    start,
    stop: () => end('SIGTERM'),
  };
}

/** The process once it serves, or what it said instead. */
async function serve(
  dataFolder: string,
  databaseUrl: string,
  port: number,
): Promise<ChildProcess | string> {
  const child = fork(join(root, 'tests/support/serve.ts'), {
    cwd: root,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(`ended with ${code}: ${said}`));
    child.on('message', (message: { origin: string } | { failed: string }) => {
      if ('origin' in message) return resolve(child);
      child.kill('SIGKILL');
      resolve(message.failed);
    });
    child.send({
      start: {
        port,
        host: '127.0.0.1',
        dataFolder,
        databaseUrl,
        pages: {},
        demonstration: true,
        log: 'silent',
      },
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
