import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedCatalogue } from '@tongban/catalogue';
import { systemClock } from '@tongban/core';
import type { ChangesAnswer, ProbeAnswer } from '@tongban/sync/protocol';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { startEmbedded } from '../database/embedded.ts';
import { startCentre } from '../start.ts';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { databaseProxy } from '../testing/databaseProxy.ts';
import { makeDevice } from '../testing/device.ts';
import { temporaryFolder } from '../testing/folder.ts';

// Databases of its own are started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  return folder.path;
}

async function startDatabase(folder: string) {
  const server = await startEmbedded(folder);
  let stopped = false;
  const stop = async () => {
    if (!stopped) await server.stop();
    stopped = true;
  };
  ends.push(stop);
  return { ...server, stop };
}

async function startApi(databaseUrl: string, dataFolder?: string) {
  const api = await startCentre(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: dataFolder ?? (await newFolder()),
      databaseUrl,
      pages: {},
      demonstration: true,
      log: 'silent',
    },
    { catalogue: shippedCatalogue, checkAnswers: true },
  );
  ends.push(api.stop);
  return api;
}

async function epochAt(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/probe?nonce=abcdefgh`);
  return ((await answer.json()) as ProbeAnswer).epoch;
}
/** The epoch that follows this one. What is answered before the break is seen is as if it came before the break. */
const epochAfter = (origin: string, before: string) =>
  vi.waitFor(
    async () => {
      const epoch = await epochAt(origin);
      if (epoch === undefined || epoch === before) throw new Error('not yet');
      return epoch;
    },
    { timeout: 30_000 },
  );

/** A copy of a stopped database in a folder of its own, as a backup or a replica that lags. */
async function copyOf(folder: string): Promise<string> {
  const copy = await newFolder();
  await mkdir(copy, { recursive: true });
  execFileSync('cp', ['-a', join(folder, 'database'), join(folder, 'database.password'), copy]);
  return copy;
}

/** A founded database behind an address that stays, and copies of it as it was when nothing had been handed in. */
async function withCopies(count: number) {
  const folder = await newFolder();
  const founded = await startDatabase(folder);
  await (await startApi(founded.url)).stop();
  await founded.stop();
  const copies: string[] = [];
  for (let made = 0; made < count; made += 1) copies.push(await copyOf(folder));
  const primary = await startDatabase(folder);
  const proxy = await databaseProxy(primary.url);
  ends.push(proxy.stop);
  return { copies, primary, proxy };
}

test('[M12] [E4] an older copy that takes over under running processes gives one new epoch', async () => {
  const {
    copies: [copy = ''],
    primary,
    proxy,
  } = await withCopies(1);
  const [one, two] = [await startApi(proxy.url), await startApi(proxy.url)];
  const before = await epochAt(one.origin);
  expect(await epochAt(two.origin)).toBe(before);
  // Each writes to the log something that the copy does not have.
  for (const { origin } of [one, two]) await (await makeDevice(origin, systemClock)).enrol('kiosk');
  await primary.stop();
  proxy.switchTo((await startDatabase(copy)).url);
  const after = await epochAfter(one.origin, before);
  expect(await epochAfter(two.origin, before)).toBe(after);
  // It goes on from there: neither later writes nor another look change it again.
  await (await makeDevice(two.origin, systemClock)).enrol('kiosk');
  for (const { centre } of [one, two]) {
    centre.doubtEpoch();
    expect(await centre.epoch()).toBe(after);
  }
});

test('[M12] [E4] put back to the same copy twice under running processes, it never lives an old life again', async () => {
  const { copies, primary, proxy } = await withCopies(2);
  const [one, two] = [await startApi(proxy.url), await startApi(proxy.url)];
  const lives = [await epochAt(one.origin)];
  let standing = primary;
  for (const copy of copies) {
    for (const { origin } of [one, two])
      await (await makeDevice(origin, systemClock)).enrol('kiosk');
    await standing.stop();
    standing = await startDatabase(copy);
    proxy.switchTo(standing.url);
    const before = lives.at(-1) ?? '';
    const after = await epochAfter(one.origin, before);
    expect(await epochAfter(two.origin, before)).toBe(after);
    lives.push(after);
  }
  // A terminal that heard nothing of the second life would take the first for the one it was received in.
  expect(new Set(lives).size).toBe(3);
  for (const { centre } of [one, two]) {
    centre.doubtEpoch();
    expect(await centre.epoch()).toBe(lives.at(-1));
  }
});

test('[M12] [E4] put back twice between starts, with nothing written in the life between, it begins a third one', async () => {
  const folder = await newFolder();
  const own = await newFolder();
  const founded = await startDatabase(folder);
  await (await startApi(founded.url, own)).stop();
  await founded.stop();
  const copies = [await copyOf(folder), await copyOf(folder)];
  const primary = await startDatabase(folder);
  const first = await startApi(primary.url, own);
  const lives = [await epochAt(first.origin)];
  await (await makeDevice(first.origin, systemClock)).enrol('kiosk');
  await first.stop();
  await primary.stop();
  for (const copy of copies) {
    const server = await startDatabase(copy);
    const api = await startApi(server.url, own);
    lives.push(await epochAt(api.origin));
    await api.stop();
    await server.stop();
  }
  expect(new Set(lives).size).toBe(3);
});

test('[E6] what was taken in just before the database lost its end is not answered for in the next life', async () => {
  const {
    copies: [copy = ''],
    primary,
    proxy,
  } = await withCopies(1);
  const { origin, centre } = await startApi(proxy.url);
  const kiosk = await makeDevice(origin, systemClock);
  await kiosk.enrol('kiosk');
  const applicant = makeApplicant(kiosk, systemClock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, systemClock));
  await applicant.submit(visit);
  const { envelope, files } = applicant.packed();
  for (const [address, bytes] of files) await kiosk.ask('PUT', `/api/v1/files/${address}`, bytes);

  const before = await epochAt(origin);
  const { transaction } = centre.database;
  vi.spyOn(centre.database, 'transaction').mockImplementationOnce(async (work) => {
    const done = await transaction(work);
    // Committed. Before the answer is written the older copy takes over, and is noticed.
    await primary.stop();
    proxy.switchTo((await startDatabase(copy)).url);
    await epochAfter(origin, before);
    return done;
  });
  const offered = await kiosk.ask('POST', '/api/v1/envelopes', { envelopes: [envelope] });
  expect(await offered.json()).toMatchObject({
    epoch: before,
    verdicts: [{ verdict: 'received' }],
  });
  const { rows } = await centre.database.query('select submission_id from envelopes');
  expect(rows).toEqual([]);
});

test('[M12] a replica that was promoted gives a new epoch, whatever it has', async () => {
  const folder = await newFolder();
  const primary = await startDatabase(folder);
  const proxy = await databaseProxy(primary.url);
  ends.push(proxy.stop);
  const api = await startApi(proxy.url);
  const before = await epochAt(api.origin);
  await primary.stop();
  await writeFile(join(folder, 'database', 'standby.signal'), '');
  const replica = await startDatabase(folder);
  proxy.switchTo(replica.url);
  // As long as it only follows, nobody knows in which life it will go on.
  await vi.waitFor(async () => {
    const following = await fetch(`${api.origin}/api/v1/probe?nonce=abcdefgh`);
    expect(following.status).toBe(503);
  });
  const admin = new pg.Client({ connectionString: replica.adminUrl });
  await admin.connect();
  await admin.query('select pg_promote()');
  await admin.end();
  expect(await epochAfter(api.origin, before)).toMatch(/\S/);
});

test('[M13] a checkpoint beyond the counter is begun anew, and makes the centre look at its database', async () => {
  const api = await startApi((await startDatabase(await newFolder())).url);
  const device = await makeDevice(api.origin, systemClock);
  await device.enrol('kiosk');
  const epoch = await epochAt(api.origin);
  const pull = async (since: string, seq: number) =>
    (await (
      await device.ask('GET', `/api/v1/changes/settings?epoch=${since}&seq=${seq}`)
    ).json()) as ChangesAnswer;
  const everything = await pull(epoch, 0);
  expect(everything).toMatchObject({
    rows: [{ seq: 1 }, { seq: 2 }],
    checkpoint: { epoch, seq: 2 },
  });
  // Nothing is wrong with the database: a terminal that claims such a number gets everything, and the epoch stays.
  expect(await pull(epoch, 99)).toEqual(everything);
  expect(await epochAt(api.origin)).toBe(epoch);
  await api.centre.database.query(`update centre set timeline = '0000000F'`);
  const anew = await pull(epoch, 99);
  expect(anew.checkpoint.epoch).not.toBe(epoch);
  expect(anew.rows).toEqual(everything.rows);
  expect(await epochAt(api.origin)).toBe(anew.checkpoint.epoch);
});

test('[M12] a link that is missing since a life that ended before is nothing new', async () => {
  const server = await startDatabase(await newFolder());
  const [one, two] = [await startApi(server.url), await startApi(server.url)];
  const lost = await epochAt(two.origin);
  await two.stop();
  await one.centre.database.query(`update centre set timeline = '0000000F'`);
  one.centre.doubtEpoch();
  const epoch = await one.centre.epoch();
  expect(epoch).not.toBe(lost);
  const folder = await newFolder();
  await mkdir(join(folder, 'audit-heads'));
  const head = { seq: 2, hash: 'A'.repeat(43), epoch: lost };
  await writeFile(join(folder, 'audit-heads', 'gone.json'), JSON.stringify(head));
  const start = async () => {
    const api = await startApi(server.url, folder);
    const found = await epochAt(api.origin);
    await api.stop();
    return found;
  };
  expect(await start()).toBe(epoch);
  await writeFile(join(folder, 'audit-heads', 'gone.json'), JSON.stringify({ ...head, epoch }));
  expect(await start()).not.toBe(epoch);
});
