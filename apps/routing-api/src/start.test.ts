import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '@tongban/core';
import type { ProbeAnswer, SubmitAnswer } from '@tongban/sync/protocol';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { startEmbedded } from './database/embedded.ts';
import { createEnrolmentCode, startRoutingApi, verifyAudit } from './index.ts';
import { rotateCentreKey } from './keys/keyring.ts';
import { fillPermit, makeApplicant, people, permit, shown } from './testing/applicant.ts';
import { makeDevice } from './testing/device.ts';
import { temporaryFolder } from './testing/folder.ts';

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

async function started(dataFolder: string, more: object = {}) {
  const api = await startRoutingApi({
    port: 0,
    host: '127.0.0.1',
    dataFolder,
    pages: {},
    demonstration: true,
    log: 'silent',
    ...more,
  });
  cleanups.push(() => api.stop());
  return api;
}

async function probe(origin: string): Promise<ProbeAnswer> {
  return (await (await fetch(`${origin}/api/v1/probe?nonce=abcdefgh`)).json()) as ProbeAnswer;
}

test('a second start keeps epoch, keys and the log; a stop may be asked for twice', async () => {
  const folder = await newFolder();
  const first = await started(folder);
  const { epoch } = await probe(first.origin);
  const device = await makeDevice(first.origin, systemClock);
  const { centreKey } = await device.enrol('kiosk');
  await Promise.all([first.stop(), first.stop()]);
  const before = await verifyAudit({ dataFolder: folder });
  expect(before).toMatchObject({ holds: true });
  const second = await started(folder);
  expect((await probe(second.origin)).epoch).toBe(epoch);
  const again = await makeDevice(second.origin, systemClock);
  expect((await again.enrol('kiosk')).centreKey).toEqual(centreKey);
  expect(await verifyAudit({ dataFolder: folder })).toMatchObject({ holds: true });
});

test('a taken port is named with its remedy, and nothing is left running', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  cleanups.push(async () => holder.close());
  const { port } = holder.address() as AddressInfo;
  const folder = await newFolder();
  await expect(started(folder, { port })).rejects.toMatchObject({
    code: 'port-taken',
    message: expect.stringMatching(new RegExp(`${port}.*PORT`, 's')),
  });
  await started(folder);
});

test('a database of one’s own that cannot be reached, or is too old a server, is named', async () => {
  const folder = await newFolder();
  await expect(
    started(folder, { databaseUrl: 'postgres://nobody@127.0.0.1:9/none' }),
  ).rejects.toMatchObject({
    code: 'database-unreachable',
  });
});

test('a database of one’s own serves as well as the built-in one', async () => {
  const other = await startEmbedded(await newFolder());
  cleanups.push(() => other.stop());
  const folder = await newFolder();
  const api = await started(folder, { databaseUrl: other.url });
  expect((await fetch(`${api.origin}/healthz`)).status).toBe(200);
  await api.stop();
  expect(await verifyAudit({ databaseUrl: other.url, dataFolder: folder })).toMatchObject({
    holds: true,
  });
});

test('[E1] a database restored from a backup gets a new epoch, and takes what terminals offer again', async () => {
  const folder = await newFolder();
  const first = await started(folder);
  const device = await makeDevice(first.origin, systemClock);
  await device.enrol('kiosk');
  const { epoch } = await probe(first.origin);
  const applicant = makeApplicant(device, systemClock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, systemClock));
  const receipt = await applicant.submit(visit);
  const { envelope, files } = applicant.packed();
  expect(await device.send(envelope, files)).toMatchObject({
    verdict: 'received',
    duplicate: false,
  });
  await first.stop();
  // The database is lost and begun anew; keys and memory lie beside it, as they would after a restore.
  await rm(join(folder, 'database'), { recursive: true });
  const second = await started(folder);
  const after = await probe(second.origin);
  expect(after.epoch).not.toBe(epoch);
  const moved = async (method: string, path: string, body?: unknown) =>
    fetch(`${second.origin}${path}`, {
      method,
      headers: {
        dpop: await device.proof(method, path),
        'content-type':
          body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
      },
      body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
    });
  const { kty, crv, x, y } = device.publicJwk;
  expect(
    (await moved('POST', '/api/v1/terminals', { jwk: { kty, crv, x, y }, profile: 'kiosk' }))
      .status,
  ).toBe(200);
  for (const [address, bytes] of files) await moved('PUT', `/api/v1/files/${address}`, bytes);
  const answer = (await (
    await moved('POST', '/api/v1/envelopes', { envelopes: [envelope] })
  ).json()) as SubmitAnswer;
  expect(answer.verdicts).toMatchObject([
    { verdict: 'received', duplicate: false, manifestHash: receipt.manifestHash },
  ]);
  expect(answer.epoch).toBe(after.epoch);
});

test('what was sealed to an old key opens after the key was changed', async () => {
  const folder = await newFolder();
  const first = await started(folder);
  const device = await makeDevice(first.origin, systemClock);
  const { centreKey } = await device.enrol('kiosk');
  const applicant = makeApplicant(device, systemClock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, systemClock));
  await applicant.submit(visit);
  const { envelope, files } = applicant.packed();
  for (const [address, bytes] of files) await device.ask('PUT', `/api/v1/files/${address}`, bytes);
  await first.stop();
  await rotateCentreKey(folder, { now: () => new Date(Date.now() + 1_000) });
  const port = Number(new URL(first.origin).port);
  await started(folder, { port });
  expect((await device.enrol('kiosk')).centreKey).not.toEqual(centreKey);
  expect(await device.offer(envelope)).toMatchObject({ verdict: 'received', duplicate: false });
});

test('while the database is away the centre says so, and serves again when it is back', async () => {
  const other = await startEmbedded(await newFolder());
  cleanups.push(() => other.stop());
  const api = await started(await newFolder(), { databaseUrl: other.url });
  const admin = new pg.Client({
    connectionString: other.adminUrl.replace(/\/tongban$/, '/postgres'),
  });
  await admin.connect();
  cleanups.push(() => admin.end());
  await admin.query('alter database tongban allow_connections false');
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'tongban'`,
  );
  const away = await fetch(`${api.origin}/healthz`);
  expect([away.status, await away.json()]).toEqual([
    503,
    expect.objectContaining({ code: 'unavailable' }),
  ]);
  await admin.query('alter database tongban allow_connections true');
  expect((await fetch(`${api.origin}/healthz`)).status).toBe(200);
});

test('stopping finishes what was accepted', async () => {
  const folder = await newFolder();
  const api = await started(folder);
  const device = await makeDevice(api.origin, systemClock);
  await device.enrol('kiosk');
  const applicant = makeApplicant(device, systemClock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, systemClock));
  await applicant.submit(visit);
  const { envelope, files } = applicant.packed();
  for (const [address, bytes] of files) await device.ask('PUT', `/api/v1/files/${address}`, bytes);
  const offering = device.offer(envelope);
  const stopping = new Promise((resolve) => setImmediate(resolve)).then(() => api.stop());
  // Either it was not taken in (the connection is refused) or it was answered; never half.
  const [answered] = await Promise.allSettled([offering, stopping]);
  const next = await started(folder, { port: Number(new URL(api.origin).port) });
  const again = await device.offer(envelope);
  expect(again).toMatchObject({ verdict: 'received', duplicate: answered.status === 'fulfilled' });
  await next.stop();
});

test('production refuses what is for demonstration', async () => {
  const folder = await newFolder();
  const api = await started(folder, { demonstration: false });
  expect(await probe(api.origin)).toMatchObject({ demonstration: false });
  const code = await createEnrolmentCode({ dataFolder: folder }, 'counter', 'beita');
  const counter = await makeDevice(api.origin, systemClock);
  await expect(counter.enrol('counter')).rejects.toThrow('enrolment-refused');
  expect(await counter.enrol('counter', { code })).toMatchObject({ hall: '北塔区政务服务大厅' });
  const signIn = await fetch(`${api.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'window3', password: 'demo' }),
  });
  expect(signIn.status).toBe(503);
});
