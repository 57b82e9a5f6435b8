import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { shippedCatalogue } from '@tongban/catalogue';
import { systemClock, systemRandom } from '@tongban/core';
import type { ProbeAnswer } from '@tongban/sync/protocol';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyAudit } from '../audit/verify.ts';
import { adminUrlOf, startEmbedded } from '../database/embedded.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { databaseProxy } from '../testing/databaseProxy.ts';
import { makeDevice } from '../testing/device.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { readBackup } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { takeBackup } from './take.ts';

// Databases of its own are started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const passphrase = 'a made-up passphrase';
const ports = { clock: systemClock, random: systemRandom };
const child = fileURLToPath(new URL('../testing/backupChild.ts', import.meta.url));
const run = promisify(execFile);

let outer: Awaited<ReturnType<typeof temporaryFolder>>;
let centre: RunningCentre;
const at = (name: string) => join(outer.path, name);
const named = (name: string) => ({
  folder: at(name),
  keysFile: at(`safe/${name}.json`),
  passphrase,
});

/** A centre with forty megabytes of files, and a whole backup of it. */
beforeAll(async () => {
  outer = await temporaryFolder();
  centre = await runCentre({ catalogue: shippedCatalogue, dataFolder: at('first') });
  const kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  for (let count = 0; count < 4; count += 1) {
    const bytes = new Uint8Array(randomBytes(10_000_000));
    const address = createHash('sha256').update(bytes).digest('base64url');
    expect((await kiosk.ask('PUT', `/api/v1/files/${address}`, bytes)).status).toBe(200);
  }
  await takeBackup({ ...named('whole'), dataFolder: at('first') }, systemClock);
});
afterAll(async () => {
  await centre.end();
  await outer.remove();
});

function start(what: 'take' | 'restore', request: object): ChildProcess {
  return spawn(process.execPath, [child, what, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function killed(process: ChildProcess): Promise<void> {
  process.kill('SIGKILL');
  await once(process, 'exit');
}

/**
 * Does it with `disk` on a file system of its own, made with these options of tmpfs; answers what was said, and the
 * files that were left there. In a mount namespace of its own, so that nothing of it stays on this machine.
 */
async function onSmallDisk(
  disk: string,
  options: string,
  what: 'take' | 'restore',
  request: object,
): Promise<{ said: string; left: string[] }> {
  await mkdir(disk, { recursive: true });
  const script = `mount -t tmpfs -o "mode=711,$1" none "$2"; shift 2
    $AS "$@"; echo; cd "$0" && find . -type f`;
  // Whoever is not root is root of a namespace of their own for the mount, and then themselves again.
  const root = process.getuid?.() === 0;
  const { stdout } = await run(
    'unshare',
    [
      ...(root ? ['--mount'] : ['--map-root-user', '--mount']),
      ...['sh', '-c', script, disk, options, disk],
      ...[process.execPath, child, what, JSON.stringify(request)],
    ],
    { env: { ...process.env, AS: root ? '' : `unshare --map-user=${process.getuid?.()}` } },
  );
  const [said = '', ...left] = stdout.split('\n').filter((line) => line !== '');
  return { said, left };
}

async function admin(folder: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await adminUrlOf(folder) });
  await client.connect();
  return client;
}

test('[M16] a backup that is killed in the middle is no backup, holds up nobody, and the next one is whole', async () => {
  const holder = await admin(at('first'));
  const watcher = await admin(at('first'));
  const sessions = async (waiting: boolean) => {
    const { rows } = await watcher.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where application_name = 'tongban backup' and (not $1 or wait_event_type = 'Lock')`,
      [waiting],
    );
    return rows[0]?.n;
  };
  // Tables are copied in the order of their names: at this one it has written half.
  await holder.query('begin; lock table scopes in access exclusive mode');
  const taking = start('take', { ...named('broken'), dataFolder: at('first') });
  await vi.waitFor(async () => expect(await sessions(true)).toBe(1), { timeout: 30_000 });
  expect(await readdir(at('broken/tables'))).toContain('files.copy');
  await killed(taking);
  await holder.query('rollback');
  await vi.waitFor(async () => expect(await sessions(false)).toBe(0), { timeout: 30_000 });
  await holder.end();
  await watcher.end();

  expect(await readdir(at('broken'))).toEqual(['tables']);
  const restored = { ...named('broken'), dataFolder: at('nowhere'), replace: false };
  await expect(restoreBackup(restored, ports)).rejects.toMatchObject({ code: 'manifest-missing' });
  const again = { ...named('broken'), dataFolder: at('first') };
  await expect(takeBackup(again, systemClock)).rejects.toMatchObject({ code: 'folder-not-empty' });
  await takeBackup({ ...again, folder: at('next') }, systemClock);
  const { manifest } = await readBackup(at('next'));
  expect(manifest.parts.find(({ table }) => table === 'files')?.rows).toBe(4);
});

test('[M16] a disk that fills up leaves nothing half: neither parts nor keys', async () => {
  const request = { ...named('full'), dataFolder: at('first') };
  expect(await onSmallDisk(at('full'), 'size=8m', 'take', request)).toEqual({
    said: 'disk-full',
    left: [],
  });
  // Room for every part and not for the manifest, which is written last: an entry too few in the file system.
  const { manifest } = await readBackup(at('whole'));
  const entries = manifest.parts.length + 2;
  expect(await onSmallDisk(at('full'), `nr_inodes=${entries}`, 'take', request)).toEqual({
    said: 'disk-full',
    left: [],
  });
  expect(await readdir(at('safe'))).not.toContain('full.json');
  await takeBackup(request, systemClock);
  await readBackup(at('full'));
});

test('[M17] a restore that is killed in the middle leaves the centre that was there; the next one is whole', async () => {
  const standing = { ...named('whole'), dataFolder: at('second') };
  const before = await restoreBackup({ ...standing, replace: false }, ports);
  const server = await startEmbedded(at('second'));
  const proxy = await databaseProxy(server.url);
  try {
    // Half of the files have gone over, then nothing more.
    const stuck = proxy.stickAfter(20_000_000);
    const request = { ...standing, databaseUrl: proxy.url, replace: true };
    const restoring = start('restore', request);
    await stuck;
    await killed(restoring);
    proxy.switchTo(server.url);

    const there = await runCentre({
      catalogue: shippedCatalogue,
      dataFolder: at('second'),
      databaseUrl: server.url,
    });
    const probe = await fetch(`${there.origin}/api/v1/probe?nonce=abcdefgh`);
    expect(((await probe.json()) as ProbeAnswer).epoch).toBe(before.epoch);
    const { rows } = await there.centre.database.query('select count(*)::int as n from files');
    expect(rows).toEqual([{ n: 4 }]);
    await there.stop();

    const after = await restoreBackup({ ...request, databaseUrl: server.url }, ports);
    expect(after.epoch).not.toBe(before.epoch);
    expect(await verifyAudit({ databaseUrl: server.url })).toMatchObject({ holds: true });
  } finally {
    await proxy.stop();
    await server.stop();
  }
});

test.each([
  // Where the rows find no room, and where PostgreSQL finds none for its own log and ends.
  ['96m', 'rows'],
  ['112m', 'log'],
])(
  '[M17] a disk of %s that fills up while a backup is restored is named (%s), and nothing runs on',
  async (size) => {
    const request = { ...named('whole'), dataFolder: at('small'), replace: false };
    const { said } = await onSmallDisk(at('small'), `size=${size}`, 'restore', request);
    expect(said).toBe('disk-full');
    const { stdout } = await run('ps', ['-eo', 'args']);
    expect(stdout).not.toContain(`${at('small')}/database`);
    await restoreBackup({ ...request, dataFolder: at(`roomy-${size}`) }, ports);
  },
);
