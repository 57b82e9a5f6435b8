import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../scripts/build/sources.ts';

/** What a start may take at most, in ms, before the bench gives it up. */
const patience = 120_000;
const between = 10;

export interface Program {
  readonly origin: string;
  /** Milliseconds from calling npm until `/healthz` answered 200. */
  readonly milliseconds: number;
  /** Ends it as Ctrl-C does. */
  end(): Promise<void>;
}

/** Runs `npm start` on a data folder and a free port, as somebody at a console would. */
export async function npmStart(dataFolder: string): Promise<Program> {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    // A group of its own: Ctrl-C at a console reaches npm and all it started.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: new URL(origin).port,
      TONGBAN_DATA: dataFolder,
      // Whatever database somebody keeps: this one is about the one in the data folder.
      DATABASE_URL: undefined,
    },
  });
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = `${said}${chunk}`.slice(-5_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let running = true;
  const gone = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      running = false;
      resolve();
    });
  });
  const end = async (): Promise<void> => {
    if (running && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await gone;
  };
  while (!(await healthy(origin))) {
    const late = performance.now() - began > patience;
    if (late || !running) {
      await end();
      throw new Error(`npm start could not serve: ${said}`);
    }
    await pause(between);
  }
  return { origin, milliseconds: performance.now() - began, end };
}

async function healthy(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/healthz`);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    // Nobody listens yet: that is what is being waited for.
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
