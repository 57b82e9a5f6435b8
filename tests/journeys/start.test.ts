import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyAudit } from '@tongban/routing-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../scripts/build/sources.ts';

/** `npm start` as a person meets it, from the line that says it is ready to Ctrl-C. */
interface Started {
  readonly said: () => string;
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly child: ChildProcess;
}

let dataFolder: string;
let port: number;
let running: Started[];

beforeEach(async () => {
  running = [];
  port = await freePort();
  dataFolder = await mkdtemp(join(tmpdir(), 'tongban-start-'));
  await chmod(dataFolder, 0o711);
});

afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGINT');
    await ended;
  }
  await rm(dataFolder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function start(env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), TONGBAN_DATA: dataFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 1)),
  );
  const started = { child, ended, said: () => said };
  running.push(started);
  return started;
}

async function ready(started: Started): Promise<void> {
  await expect.poll(started.said, { timeout: 60_000 }).toContain('Ctrl-C ends it.');
}

const get = (path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });

describe('npm start', () => {
  test('says where everything is, serves it, and ends cleanly at Ctrl-C', async () => {
    const started = start();
    await ready(started);
    expect((await get('/healthz')).status).toBe(200);
    const home = await get('/');
    expect([home.status, home.headers.get('location')]).toEqual([302, '/phone/']);
    for (const page of ['phone', 'kiosk', 'counter', 'departments']) {
      expect(started.said()).toContain(`http://127.0.0.1:${port}/${page}/`);
      const response = await get(`/${page}/`);
      expect([page, response.status]).toEqual([page, 200]);
      expect(await response.text()).toContain('<!doctype html>');
    }
    expect(started.said()).toMatch(/window3 +demo/);
    started.child.kill('SIGINT');
    expect(await started.ended).toBe(0);
    expect(started.said()).toContain('the data is saved');
  });

  test('keeps the data for the next start, also after a crash that left the database behind', async () => {
    const first = start();
    await ready(first);
    first.child.kill('SIGINT');
    await first.ended;
    const before = await verifyAudit({ dataFolder });
    expect(before).toMatchObject({ holds: true });

    const second = start();
    await ready(second);
    second.child.kill('SIGKILL');
    await second.ended;
    const third = start();
    await ready(third);
    expect((await get('/healthz')).status).toBe(200);
    const after = await verifyAudit({ dataFolder });
    expect(after).toMatchObject({ holds: true });
    expect(after.entries).toBeGreaterThanOrEqual(before.entries);
  });

  test('says in one sentence what stands in its way', async () => {
    await ready(start());
    const again = start();
    expect(await again.ended).toBe(1);
    expect(again.said()).toMatch(/^通办已经在 .* Tongban is already running at .*\n$/);
    const other = start({ PORT: String(await freePort()) });
    expect(await other.ended).toBe(1);
    expect(other.said()).toContain('Another Tongban is using the data folder');
    const wrong = start({ PORT: 'seven' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.said()).toMatch(/^PORT .*“seven”\.\n$/);
  });
});
