import { createHash, X509Certificate } from 'node:crypto';
import { shippedCatalogue } from '@tongban/catalogue';
import { base64url, systemRandom, uuid } from '@tongban/core';
import type { ChangesAnswer, HandoverState } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tick } from '../cases/tick.ts';
import { nameFiles } from '../custody/files.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { makeEnrolmentCode } from './enrol.ts';

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

const codeOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { code: string }).code,
];
const locator = () => base64url(systemRandom.bytes(16));
const addressOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');

test('[N1] a kiosk enrols at each start and gets the same name, key and issuing certificate', async () => {
  const first = kiosk.enrolment();
  expect(first).toMatchObject({
    terminal: kiosk.id,
    name: '自助机 01',
    hall: '南湖区政务服务大厅',
  });
  expect(first.centreKey).toMatchObject({ kty: 'EC', crv: 'P-256', kid: expect.any(String) });
  expect(first.centreKey).not.toHaveProperty('d');
  expect(await kiosk.enrol('kiosk', { hall: 'nanhu' })).toEqual(first);
});

test('the issuing certificate is for this key, below the root, and may issue end entities only', async () => {
  const [leaf, root] = kiosk
    .enrolment()
    .issuingChain.map((der) => new X509Certificate(Buffer.from(der, 'base64url')));
  expect(leaf?.verify(root!.publicKey)).toBe(true);
  expect(root?.verify(root.publicKey)).toBe(true);
  expect(leaf?.ca).toBe(true);
  expect(leaf?.publicKey.export({ type: 'spki', format: 'der' })).toEqual(
    Buffer.from(kiosk.issuingKey),
  );
  expect(leaf?.subject).toContain('南湖区政务服务大厅');
});

test('a phone gets no issuing certificate and pulls nobody else’s status', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  const enrolled = await phone.enrol('phone');
  expect(enrolled).toMatchObject({ issuingChain: [], hall: '' });
  const answer = await phone.ask('GET', '/api/v1/changes/status');
  expect(await answer.json()).toMatchObject({ rows: [], complete: true });
});

test('a key that is no P-256 key is not certified', async () => {
  const other = await makeDevice(centre.origin, centre.clock);
  await expect(other.enrol('kiosk', { issuingKey: base64url(new Uint8Array(91)) })).rejects.toThrow(
    'malformed-request',
  );
});

test('enrolling with somebody else’s key is refused', async () => {
  const other = await makeDevice(centre.origin, centre.clock);
  await expect(
    other.enrol('kiosk', {
      jwk: { kty: 'EC', crv: 'P-256', x: String(kiosk.publicJwk.x), y: String(kiosk.publicJwk.y) },
    }),
  ).rejects.toThrow('proof-wrong-request');
});

test('a terminal that never enrolled is told so, and no more', async () => {
  const stranger = await makeDevice(centre.origin, centre.clock);
  expect(await codeOf(await stranger.ask('GET', '/api/v1/changes/catalogue'))).toEqual([
    401,
    'terminal-unknown',
  ]);
});

test('each request needs a proof of its own', async () => {
  const path = '/api/v1/changes/catalogue';
  const bare = await fetch(`${centre.origin}${path}`);
  expect(await codeOf(bare)).toEqual([401, 'proof-missing']);
  const send = (dpop: string, to = path) => fetch(`${centre.origin}${to}`, { headers: { dpop } });
  const proof = await kiosk.proof('GET', path);
  expect((await send(proof)).status).toBe(200);
  expect(await codeOf(await send(proof))).toEqual([401, 'proof-replayed']);
  expect(await codeOf(await send(await kiosk.proof('POST', path)))).toEqual([
    401,
    'proof-wrong-request',
  ]);
  expect(await codeOf(await send(await kiosk.proof('GET', '/api/v1/stream')))).toEqual([
    401,
    'proof-wrong-request',
  ]);
  expect(await codeOf(await send(`${proof.slice(0, -8)}AAAAAAAA`))).toEqual([
    401,
    'proof-bad-signature',
  ]);
  expect(await codeOf(await send('a.b.c'))).toEqual([401, 'proof-bad-signature']);
});

test('[L3] a wrong clock is told apart, with the centre’s time', async () => {
  const late = await makeDevice(centre.origin, {
    now: () => new Date(centre.clock.now().getTime() - 3_600_000),
  });
  const answer = await late.ask('GET', '/api/v1/changes/catalogue');
  expect([answer.status, await answer.json()]).toEqual([
    401,
    expect.objectContaining({ code: 'clock-wrong', time: centre.clock.now().toISOString() }),
  ]);
});

test('[F1] a file is stored under the hash of its ciphertext only, and storing it again is the same', async () => {
  const bytes = systemRandom.bytes(60_000);
  const path = `/api/v1/files/${addressOf(bytes)}`;
  for (const _ of [1, 2]) {
    const put = await kiosk.ask('PUT', path, bytes);
    expect([put.status, await put.json()]).toEqual([
      200,
      { address: addressOf(bytes), size: 60_000 },
    ]);
  }
  expect(await codeOf(await kiosk.ask('PUT', path, systemRandom.bytes(9)))).toEqual([
    422,
    'address-mismatch',
  ]);
  expect(await codeOf(await kiosk.ask('PUT', '/api/v1/files/short', bytes))).toEqual([
    400,
    'malformed-request',
  ]);
  expect(await codeOf(await kiosk.ask('PUT', path, { json: true }))).toEqual([
    415,
    'unsupported-media-type',
  ]);
});

test('a file over the limit is refused as too large', async () => {
  const bytes = new Uint8Array(10.5 * 1024 * 1024 + 1);
  const answer = await kiosk.ask('PUT', `/api/v1/files/${addressOf(bytes)}`, bytes);
  expect(await codeOf(answer)).toEqual([413, 'too-large']);
});

test('[P2] the catalogue is pulled whole, page by page, from a checkpoint', async () => {
  const answer = await kiosk.ask('GET', '/api/v1/changes/catalogue?limit=1');
  const changes = (await answer.json()) as ChangesAnswer;
  expect(changes).toMatchObject({ complete: true, checkpoint: { seq: 1 } });
  expect(changes.rows[0]).toMatchObject({
    id: 'catalogue',
    deleted: false,
    body: { version: shippedCatalogue.version },
  });
  const { epoch, seq } = changes.checkpoint;
  const next = await kiosk.ask('GET', `/api/v1/changes/catalogue?epoch=${epoch}&seq=${seq}`);
  expect(await next.json()).toEqual({ rows: [], checkpoint: { epoch, seq }, complete: true });
});

test('[E2] a checkpoint of another epoch counts as none', async () => {
  const answer = await kiosk.ask('GET', '/api/v1/changes/catalogue?epoch=former&seq=999');
  expect(((await answer.json()) as ChangesAnswer).rows).toHaveLength(1);
});

test('[H7] a parcel has one taker, who may ask again', async () => {
  const [phone, other] = [
    await makeDevice(centre.origin, centre.clock),
    await makeDevice(centre.origin, centre.clock),
  ];
  await phone.enrol('phone');
  await other.enrol('phone');
  const path = `/api/v1/handovers/${locator()}`;
  const parcel = systemRandom.bytes(5_000);
  const given = (await (await phone.ask('PUT', path, parcel)).json()) as HandoverState;
  expect(given).toEqual({ state: 'waiting', expiresAt: '2026-11-23T02:15:00.000Z' });
  expect((await phone.ask('PUT', path, parcel)).status).toBe(200);
  expect(await codeOf(await other.ask('PUT', path, parcel))).toEqual([409, 'handover-exists']);
  for (const _ of [1, 2]) {
    const taken = await kiosk.ask('POST', `${path}/take`);
    expect(new Uint8Array(await taken.arrayBuffer())).toEqual(parcel);
    // [H9] Who takes it believes a phone's reader for nothing.
    expect(taken.headers.get('tongban-given-by')).toBe('phone');
  }
  expect(await codeOf(await other.ask('POST', `${path}/take`))).toEqual([410, 'handover-taken']);
  expect(await (await phone.ask('POST', `${path}/reclaim`)).json()).toMatchObject({
    state: 'taken',
  });
});

test('[H4] only the giver takes a parcel back, and then nobody can take it', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const path = `/api/v1/handovers/${locator()}`;
  await phone.ask('PUT', path, systemRandom.bytes(50));
  expect(await codeOf(await kiosk.ask('POST', `${path}/reclaim`))).toEqual([
    404,
    'unknown-handover',
  ]);
  expect(await (await phone.ask('POST', `${path}/reclaim`)).json()).toMatchObject({
    state: 'reclaimed',
  });
  expect(await codeOf(await kiosk.ask('POST', `${path}/take`))).toEqual([
    410,
    'handover-reclaimed',
  ]);
});

test('a parcel lives fifteen minutes', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const path = `/api/v1/handovers/${locator()}`;
  await phone.ask('PUT', path, systemRandom.bytes(50));
  centre.clock.forward(15 * 60_000);
  expect(await (await phone.ask('GET', path)).json()).toMatchObject({ state: 'expired' });
  expect(await codeOf(await kiosk.ask('POST', `${path}/take`))).toEqual([410, 'handover-expired']);
  expect(await codeOf(await kiosk.ask('GET', `/api/v1/handovers/${locator()}`))).toEqual([
    404,
    'unknown-handover',
  ]);
});

test('a malformed row is refused by itself, an older protocol by its name', async () => {
  const answer = await kiosk.ask('POST', '/api/v1/envelopes', {
    envelopes: [
      { submissionId: uuid(systemRandom), protocol: 0 },
      { submissionId: 'x', jwe: 7 },
    ],
  });
  const { verdicts } = (await answer.json()) as { verdicts: unknown[] };
  expect(verdicts).toMatchObject([
    { reason: 'protocol-too-old' },
    { submissionId: 'x', reason: 'malformed' },
  ]);
});

test('an envelope that does not open, or whose outside was changed, is refused with its reason', async () => {
  const envelope = await kiosk.sealed({
    protocol: 1,
    kind: 'rating',
    submissionId: uuid(systemRandom),
    nonce: base64url(systemRandom.bytes(16)),
    catalogueVersion: shippedCatalogue.version,
    appVersion: 'test',
    terminal: kiosk.id,
    channel: '9',
    language: 'zh-CN',
    sealedAt: centre.clock.now().toISOString(),
    filing: { mode: 'self' },
    receiptNumber: 'none',
    receiptSecretHash: base64url(systemRandom.bytes(32)),
    level: 'good',
  });
  const reasonOf = async (changed: object) => {
    const verdict = await kiosk.offer({ ...envelope, ...changed });
    return verdict.verdict === 'refused' ? verdict.reason : verdict.verdict;
  };
  expect(await reasonOf({ jwe: `${envelope.jwe.slice(0, -4)}AAAA` })).toBe('cannot-decrypt');
  expect(await reasonOf({ manifestHash: base64url(systemRandom.bytes(32)) })).toBe('hash-mismatch');
  expect(await reasonOf({ terminal: base64url(systemRandom.bytes(32)) })).toBe('wrong-terminal');
  // Relabelled, the same manifest would become a second submission.
  expect(await reasonOf({ submissionId: uuid(systemRandom) })).toBe('hash-mismatch');
  expect(await reasonOf({ files: [base64url(systemRandom.bytes(32))] })).toBe('incomplete');
  expect(await reasonOf({})).toBe('received');
});

test('in production a kiosk needs a code made for its profile, once; a phone needs none', async () => {
  const strict = await runCentre({ catalogue: shippedCatalogue, demonstration: false });
  try {
    const code = await makeEnrolmentCode(strict.centre, 'kiosk', 'beita');
    expect(code).toMatch(/^(\d{4}-){3}\d{4}$/);
    const device = await makeDevice(strict.origin, strict.clock);
    await expect(device.enrol('kiosk')).rejects.toThrow('enrolment-refused');
    await expect(device.enrol('counter', { code })).rejects.toThrow('enrolment-refused');
    // People type it with blanks, or without anything between.
    expect(await device.enrol('kiosk', { code: code.replaceAll('-', ' ') })).toMatchObject({
      hall: '北塔区政务服务大厅',
      issuingChain: [],
    });
    const second = await makeDevice(strict.origin, strict.clock);
    await expect(second.enrol('kiosk', { code })).rejects.toThrow('enrolment-refused');
    expect(await second.enrol('phone')).toMatchObject({ hall: '' });
    const signIn = await fetch(`${strict.origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'supervisor', password: 'demo' }),
    });
    expect(await codeOf(signIn)).toEqual([503, 'no-accounts']);
  } finally {
    await strict.end();
  }
});

test('one terminal stores and leaves behind only so much, and is told when to come again', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const { database } = centre.centre;
  await database.query(
    `insert into files (address, size, bytes, stored_by, stored_at) values ('filler', 399999990, '', $1, $2)`,
    [phone.id, centre.clock.now().toISOString()],
  );
  const bytes = systemRandom.bytes(100);
  const refused = await phone.ask('PUT', `/api/v1/files/${addressOf(bytes)}`, bytes);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600']);
  expect((await kiosk.ask('PUT', `/api/v1/files/${addressOf(bytes)}`, bytes)).status).toBe(200);
  centre.clock.forward(25 * 3_600_000);
  const other = systemRandom.bytes(100);
  expect((await phone.ask('PUT', `/api/v1/files/${addressOf(other)}`, other)).status).toBe(200);

  for (let n = 0; n < 5; n += 1) {
    expect((await phone.ask('PUT', `/api/v1/handovers/${locator()}`, bytes)).status).toBe(200);
  }
  const sixth = await phone.ask('PUT', `/api/v1/handovers/${locator()}`, bytes);
  expect(await codeOf(sixth)).toEqual([429, 'too-many-requests']);
});

test('what nobody ever named in an envelope is removed after a month, what lies in custody stays', async () => {
  const { database } = centre.centre;
  const bytes = systemRandom.bytes(200);
  await kiosk.ask('PUT', `/api/v1/files/${addressOf(bytes)}`, bytes);
  await database.transaction((unit) =>
    nameFiles(unit, [addressOf(bytes)], centre.clock.now().toISOString()),
  );
  const orphan = systemRandom.bytes(200);
  await kiosk.ask('PUT', `/api/v1/files/${addressOf(orphan)}`, orphan);
  centre.clock.forward(31 * 86_400_000);
  await tick(centre.centre);
  const { rows } = await database.query<{ address: string }>('select address from files');
  const left = rows.map(({ address }) => address);
  expect([left.includes(addressOf(bytes)), left.includes(addressOf(orphan))]).toEqual([
    true,
    false,
  ]);
});

test('forty terminals that enrol at the same moment get forty names', async () => {
  const devices = await Promise.all(
    Array.from({ length: 40 }, () => makeDevice(centre.origin, centre.clock)),
  );
  const enrolled = await Promise.all(
    devices.map((device) => device.enrol('kiosk', { hall: 'beita' })),
  );
  expect(new Set(enrolled.map(({ name }) => name)).size).toBe(40);
});
