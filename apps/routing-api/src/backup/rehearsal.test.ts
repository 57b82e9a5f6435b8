import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedCatalogue } from '@tongban/catalogue';
import { systemClock, systemRandom } from '@tongban/core';
import type { ChangesAnswer, KnownAnswer, ProbeAnswer } from '@tongban/sync/protocol';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyAudit } from '../audit/verify.ts';
import { adminUrlOf } from '../database/embedded.ts';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { signIn } from '../testing/staff.ts';
import { manifestText, partOf, readBackup } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { takeBackup } from './take.ts';

// Databases of its own are started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const passphrase = 'a made-up passphrase';
const ports = { clock: systemClock, random: systemRandom };
let outer: Awaited<ReturnType<typeof temporaryFolder>>;
let centre: RunningCentre;
let kiosk: Device;
const at = (name: string) => join(outer.path, name);
const backup = () => ({ folder: at('backup'), keysFile: at('safe/keys.json'), passphrase });

async function sealedPermit() {
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  await applicant.submit(visit);
  return applicant.packed();
}
type Sealed = Awaited<ReturnType<typeof sealedPermit>>;
let before: Sealed[];
let after: Sealed[];

const send = ({ envelope, files }: Sealed) => kiosk.send(envelope, files);
const idsOf = (sealed: readonly Sealed[]) => sealed.map(({ envelope }) => envelope.submissionId);

async function rowsOf<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  return (await centre.centre.database.query<Row>(sql)).rows;
}
const numberOf = async (sql: string) =>
  (await rowsOf<{ n: number }>(`select (${sql})::int as n`))[0]?.n;
const judged = (count: number) =>
  vi.waitFor(async () => expect(await numberOf('select count(*) from cases')).toBe(count), {
    timeout: 30_000,
  });
async function epochAt(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/probe?nonce=abcdefgh`);
  return ((await answer.json()) as ProbeAnswer).epoch;
}
/** What the sender of a device asks when it meets another epoch. */
async function unknownOf(sealed: readonly Sealed[]): Promise<string[]> {
  const held = sealed.map(({ envelope: { submissionId, manifestHash } }) => ({
    submissionId,
    manifestHash,
  }));
  const answer = await kiosk.ask('POST', '/api/v1/envelopes/known', { held });
  const { rows } = (await answer.json()) as KnownAnswer;
  return rows.filter(({ state }) => state === 'unknown').map(({ submissionId }) => submissionId);
}

beforeAll(async () => {
  outer = await temporaryFolder();
  centre = await runCentre({ catalogue: shippedCatalogue, dataFolder: at('first') });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  before = [await sealedPermit(), await sealedPermit()];
  after = [await sealedPermit(), await sealedPermit()];
});
afterAll(async () => {
  await centre.end();
  await outer.remove();
});

test('[M16] [M17] [E1] a centre that is destroyed comes back from its backup: what came after comes again, once', async () => {
  for (const sealed of before) await send(sealed);
  await judged(2);
  const { origin } = centre;
  const epoch = await epochAt(origin);
  const manifest = await takeBackup({ ...backup(), dataFolder: centre.dataFolder }, systemClock);
  expect(manifest).toMatchObject({ epoch, form: 'tongban-backup-1' });
  for (const sealed of after) expect(await send(sealed)).toMatchObject({ verdict: 'received' });
  await judged(4);
  const [{ case_number: decided } = { case_number: '' }] = await rowsOf<{ case_number: string }>(
    'select case_number from cases order by updated_at, case_number limit 1',
  );
  const accepting = await signIn(origin, 'desk-police');
  expect(await accepting.act(decided, 'accept')).toMatchObject({ status: 200 });
  const acted = 'select count(*) from done_actions';
  expect(await numberOf(acted)).toBe(1);
  await centre.stop();
  await rm(at('first'), { recursive: true });

  const request = { ...backup(), dataFolder: at('second'), replace: false };
  const restored = await restoreBackup(request, ports);
  expect(restored.epoch).not.toBe(epoch);
  centre = await runCentre({
    catalogue: shippedCatalogue,
    dataFolder: at('second'),
    port: Number(new URL(origin).port),
  });
  // The start begins no second life, and the log tells of one restore.
  expect(await epochAt(origin)).toBe(restored.epoch);
  expect(await numberOf(`select count(*) from audit where event = 'centre.restored'`)).toBe(1);
  expect(await verifyAudit({ dataFolder: at('second') })).toMatchObject({ holds: true });

  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  expect(await unknownOf([...before, ...after])).toEqual(idsOf(after));
  for (const sealed of after) {
    const { submissionId, manifestHash } = sealed.envelope;
    const received = { submissionId, verdict: 'received', manifestHash };
    expect(await send(sealed)).toMatchObject({ ...received, duplicate: false });
    expect(await kiosk.offer(sealed.envelope)).toMatchObject({ ...received, duplicate: true });
  }
  // The keys came back too: what is judged now was sealed to the key of the centre that is gone.
  await judged(4);
  for (const sealed of before)
    expect(await send(sealed)).toMatchObject({ verdict: 'received', duplicate: true });
  expect(await numberOf('select count(*) from envelopes')).toBe(4);
  // What was decided after the backup is gone: staff decide again.
  expect(await numberOf(acted)).toBe(0);
  expect(await unknownOf([...before, ...after])).toEqual([]);

  // Terminals pull from the beginning what the centre has, and the counters have no gap behind the last row.
  const pulled = await kiosk.ask('GET', `/api/v1/changes/status?epoch=${epoch}&seq=9999`);
  const { rows, checkpoint } = (await pulled.json()) as ChangesAnswer;
  expect(checkpoint.epoch).toBe(restored.epoch);
  const there = await rowsOf<{ case_number: string }>('select case_number from cases order by 1');
  const shownNow = rows
    .map(({ id }) => id)
    .filter((id) => there.some((row) => row.case_number === id));
  expect(shownNow.sort()).toEqual(there.map((row) => row.case_number));
  expect(
    await rowsOf(
      'select scope from scopes s where seq <> (select coalesce(max(seq), 0) from changes c where c.scope = s.scope)',
    ),
  ).toEqual([]);
});

test('[M17] no centre is replaced unasked; replaced twice, each restore begins one life', async () => {
  const request = { ...backup(), dataFolder: at('second'), replace: false };
  await centre.stop();
  await expect(restoreBackup(request, ports)).rejects.toMatchObject({ code: 'database-not-empty' });
  const one = await restoreBackup({ ...request, replace: true }, ports);
  const two = await restoreBackup({ ...request, replace: true }, ports);
  expect(two.epoch).not.toBe(one.epoch);
  centre = await runCentre({ catalogue: shippedCatalogue, dataFolder: at('second') });
  expect(await epochAt(centre.origin)).toBe(two.epoch);
  expect(await numberOf('select count(*) from envelopes')).toBe(2);
  expect(await numberOf(`select count(*) from audit where event = 'centre.restored'`)).toBe(1);
  expect(await verifyAudit({ dataFolder: at('second') })).toMatchObject({ holds: true });
});

test('[M16] a backup taken while eight write is one moment: it restores, and its log holds to the end', async () => {
  let open = true;
  const written = Array.from({ length: 8 }, () => 0);
  const writers = written.map(async (_, writer) => {
    while (open) {
      await (await makeDevice(centre.origin, centre.clock)).enrol('phone');
      written[writer]! += 1;
    }
  });
  await vi.waitFor(() => expect(Math.min(...written)).toBeGreaterThan(0), { timeout: 30_000 });
  const target = { ...backup(), folder: at('busy'), keysFile: at('safe/busy.json') };
  const manifest = await takeBackup({ ...target, dataFolder: centre.dataFolder }, systemClock);
  const soFar = written.reduce((sum, n) => sum + n, 0);
  await vi.waitFor(() => expect(written.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(soFar));
  open = false;
  await Promise.all(writers);
  const audit = manifest.parts.find(({ table }) => table === 'audit');
  expect(audit?.rows).toBe(manifest.auditSeq);
  await restoreBackup({ ...target, dataFolder: at('third'), replace: false }, ports);
  const verdict = await verifyAudit({ dataFolder: at('third') });
  // One more than the backup: the new life.
  expect(verdict).toMatchObject({ holds: true, entries: manifest.auditSeq + 1 });
});

test('[M16] what is missing, changed or not ours is refused before anything is made', async () => {
  const request = { ...backup(), dataFolder: at('fourth'), replace: false };
  const refused = (code: string, changed: object = {}) =>
    expect(restoreBackup({ ...request, ...changed }, ports)).rejects.toMatchObject({ code });
  const manifestFile = join(request.folder, 'manifest.json');
  const text = await readFile(manifestFile, 'utf8');
  await refused('manifest-missing', { folder: at('safe') });
  await refused('keys-missing', { keysFile: at('safe/none.json') });
  await refused('wrong-passphrase', { passphrase: 'another made-up passphrase' });
  await refused('manifest-changed', { keysFile: at('safe/busy.json') });
  await writeFile(manifestFile, text.replace('"auditSeq":', '"auditSeq":1'));
  await refused('manifest-changed');
  const { manifest } = await readBackup(request.folder);
  await writeFile(manifestFile, manifestText({ ...manifest, schema: 9999 }).text);
  await refused('schema-newer');
  await writeFile(manifestFile, text);
  const part = partOf(request.folder, 'files');
  const bytes = await readFile(part);
  await appendFile(part, 'x');
  await refused('part-changed');
  await rm(part);
  await refused('part-missing');
  await writeFile(part, bytes);
  expect(await adminUrlOf(at('fourth'))).toBeUndefined();
  const take = (changed: object) =>
    takeBackup({ ...backup(), dataFolder: centre.dataFolder, ...changed }, systemClock);
  await expect(take({})).rejects.toMatchObject({ code: 'folder-not-empty' });
  await expect(take({ folder: at('x'), keysFile: at('x/keys.json') })).rejects.toMatchObject({
    code: 'keys-beside-data',
  });
  await expect(take({ folder: at('y'), keysFile: at('safe/keys.json') })).rejects.toMatchObject({
    code: 'keys-file-there',
  });
  await expect(
    take({ folder: at('z'), keysFile: at('safe/z.json'), passphrase: 'short' }),
  ).rejects.toMatchObject({ code: 'passphrase-too-short' });
  await refused('manifest-missing', { folder: at('z') });
});
