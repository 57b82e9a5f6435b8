import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { shippedCatalogue } from '@tongban/catalogue';
import { base64url, rate, systemClock, systemRandom, uuid } from '@tongban/core';
import type { SubmitAnswer, Verdict } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { readAnchors } from '../audit/anchor.ts';
import { startCentre } from '../start.ts';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { temporaryFolder } from '../testing/folder.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
let kiosk: Device;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
});
afterAll(() => centre.end());

/** A permit sealed and lying in the outbox, not sent. */
async function sealedPermit(device: Device, clock = centre.clock as { now(): Date }) {
  const applicant = makeApplicant(device, clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, clock));
  const receipt = await applicant.submit(visit);
  const manifest = visit.snapshot().draft.manifest;
  if (manifest === undefined) throw new Error('no manifest');
  return { receipt, manifest, ...applicant.packed() };
}

async function count(sql: string, ...values: unknown[]): Promise<number> {
  const { rows } = await centre.centre.database.query<{ n: number }>(
    `select count(*)::int as n from ${sql}`,
    values,
  );
  return rows[0]?.n ?? -1;
}

test('[O3] what is missing is named, and nothing is in custody before it is there', async () => {
  const { envelope, files } = await sealedPermit(kiosk);
  const [first, ...rest] = [...files];
  for (const [address, bytes] of rest) await kiosk.ask('PUT', `/api/v1/files/${address}`, bytes);
  expect(await kiosk.offer(envelope)).toEqual({
    submissionId: envelope.submissionId,
    verdict: 'incomplete',
    missing: [first![0]],
  });
  expect(await count('envelopes where submission_id = $1', envelope.submissionId)).toBe(0);
  // The outside alone does not decide what is needed: an envelope that hides a file is still incomplete.
  const hiding = await kiosk.offer({ ...envelope, files: [] });
  expect(hiding).toMatchObject({ verdict: 'incomplete', missing: [first![0]] });
  await kiosk.ask('PUT', `/api/v1/files/${first![0]}`, first![1]);
  expect(await kiosk.offer(envelope)).toMatchObject({ verdict: 'received', duplicate: false });
});

test('[C2] sixteen offers of one envelope at the same moment make one case', async () => {
  const { receipt, envelope, files } = await sealedPermit(kiosk);
  for (const [address, bytes] of files) await kiosk.ask('PUT', `/api/v1/files/${address}`, bytes);
  const verdicts = await Promise.all(Array.from({ length: 16 }, () => kiosk.offer(envelope)));
  const received = verdicts.filter((verdict) => verdict.verdict === 'received');
  expect(received).toHaveLength(16);
  expect(received.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  expect(
    new Set(received.map(({ manifestHash, receivedAt }) => `${manifestHash} ${receivedAt}`)),
  ).toEqual(new Set([`${receipt.manifestHash} ${received[0]!.receivedAt}`]));
  await centre.judging.settled();
  expect(await count('cases where receipt_number = $1', receipt.number)).toBe(1);
  expect(
    await count(`audit where event = 'envelope.received' and subject = $1`, envelope.submissionId),
  ).toBe(1);
});

test('[O9] an answer lost after custody costs nothing: offered again, even sealed again, the first receipt stands', async () => {
  const { receipt, manifest, envelope, files } = await sealedPermit(kiosk);
  const first = await kiosk.send(envelope, files);
  centre.clock.forward(60_000);
  const again = await kiosk.sealed(manifest);
  expect(again.jwe).not.toBe(envelope.jwe);
  expect(await kiosk.offer(again)).toEqual({ ...first, duplicate: true });
  expect(first).toMatchObject({ manifestHash: receipt.manifestHash });
});

test('[M4] who is told "received" is remembered outside of the database by then', async () => {
  for (let count = 0; count < 5; count += 1) {
    const { envelope, files } = await sealedPermit(kiosk);
    for (const [address, bytes] of files) await kiosk.ask('PUT', `/api/v1/files/${address}`, bytes);
    expect(await kiosk.offer(envelope)).toMatchObject({ verdict: 'received' });
    const remembered = await readAnchors(centre.dataFolder);
    const { rows } = await centre.centre.database.query<{ seq: number }>(
      `select seq from audit where event = 'envelope.received' and subject = $1`,
      [envelope.submissionId],
    );
    expect(remembered[0]?.head?.seq).toBeGreaterThanOrEqual(rows[0]?.seq ?? Number.NaN);
  }
});

test('the same submission id around another manifest is a conflict, and the first stands', async () => {
  const { manifest, envelope, files } = await sealedPermit(kiosk);
  await kiosk.send(envelope, files);
  const other = await kiosk.sealed({ ...manifest, nonce: base64url(systemRandom.bytes(16)) });
  expect(await kiosk.offer(other)).toEqual({
    submissionId: envelope.submissionId,
    verdict: 'refused',
    reason: 'conflicting-submission',
  });
});

test('[O6] one bad row holds up none of the others', async () => {
  const good = await sealedPermit(kiosk);
  for (const [address, bytes] of good.files)
    await kiosk.ask('PUT', `/api/v1/files/${address}`, bytes);
  const answer = await kiosk.ask('POST', '/api/v1/envelopes', {
    envelopes: [
      { submissionId: uuid(systemRandom), anything: true },
      { ...good.envelope, submissionId: uuid(systemRandom) },
      good.envelope,
    ],
  });
  const { verdicts, epoch } = (await answer.json()) as SubmitAnswer;
  expect(
    verdicts.map((one: Verdict) => (one.verdict === 'refused' ? one.reason : one.verdict)),
  ).toEqual(['malformed', 'hash-mismatch', 'received']);
  expect(epoch).toMatch(/\S/);
});

test('a body that is no JSON, too many rows, a row that is too long: problems, and the centre goes on', async () => {
  const headers = async () => ({
    'content-type': 'application/json',
    dpop: await kiosk.proof('POST', '/api/v1/envelopes'),
  });
  const send = async (body: string) => {
    const answer = await fetch(`${centre.origin}/api/v1/envelopes`, {
      method: 'POST',
      headers: await headers(),
      body,
    });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await send('{"envelopes":')).toEqual([400, 'malformed-request']);
  expect(await send('{"__proto__":{"x":1},"envelopes":[]}')).toEqual([400, 'malformed-request']);
  expect(await send('[]')).toEqual([400, 'malformed-request']);
  expect(await send('{"envelopes":[]}')).toEqual([400, 'malformed-request']);
  const row = { submissionId: uuid(systemRandom) };
  expect(await send(JSON.stringify({ envelopes: Array.from({ length: 51 }, () => row) }))).toEqual([
    400,
    'malformed-request',
  ]);
  expect(await send(`{"envelopes":[{"submissionId":"${'x'.repeat(53 * 1024 * 1024)}"}]}`)).toEqual([
    413,
    'too-large',
  ]);
  const long = { ...row, protocol: 1, jwe: 'x'.repeat(1_000_001) };
  const answer = await kiosk.ask('POST', '/api/v1/envelopes', { envelopes: [long] });
  expect(await answer.json()).toMatchObject({
    verdicts: [{ verdict: 'refused', reason: 'malformed' }],
  });
});

test('[C2] killed between custody and judgement, the case is there after the next start, once', async () => {
  const folder = await temporaryFolder();
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../testing/servedChild.ts', import.meta.url)), folder.path],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const device = await makeDevice(line.toString().trim(), systemClock);
  await device.enrol('kiosk');
  const { receipt, envelope, files } = await sealedPermit(device, systemClock);
  expect(await device.send(envelope, files)).toMatchObject({
    verdict: 'received',
    duplicate: false,
  });
  child.kill('SIGKILL');
  await once(child, 'exit');

  const next = await startCentre(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: folder.path,
      pages: {},
      demonstration: true,
      log: 'silent',
    },
    { catalogue: shippedCatalogue, checkAnswers: true },
  );
  try {
    await next.judging.settled();
    const { rows } = await next.centre.database.query('select receipt_number, state from cases');
    expect(rows).toEqual([{ receipt_number: receipt.number, state: 'received' }]);
  } finally {
    await next.stop();
    await folder.remove();
  }
});

test('a rating that arrives before its application counts once the application is there', async () => {
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  const receipt = await applicant.submit(visit);
  await rate({ receipt, language: 'zh-CN', level: 'good' }, applicant.ports);
  const [application, rating] = [...applicant.disk.envelopes.values()];
  const counted = () => count('counted_ratings where receipt_number = $1', receipt.number);
  await kiosk.send(rating!.envelope, rating!.files);
  await centre.judging.settled();
  expect(await counted()).toBe(0);
  await kiosk.send(application!.envelope, application!.files);
  await centre.judging.settled();
  expect(await counted()).toBe(1);
});
