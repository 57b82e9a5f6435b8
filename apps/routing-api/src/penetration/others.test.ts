import { randomUUID } from 'node:crypto';
import { base64url, makeCaseNumber, systemRandom } from '@tongban/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { signIn } from '../testing/staff.ts';
import { type Attack, makeScene, refused, type Scene } from './scene.ts';
import { attack } from './watch.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene?.centre.end());

const json = { 'content-type': 'application/json' };
const made = () => makeCaseNumber('320199', '9', new Date(), systemRandom);
const act = (action: string) =>
  ({ action, reasons: [], materials: [], text: '', seen: 'received' }) as const;
const keyed = () => ({ 'idempotency-key': randomUUID() });

const others: readonly Attack[] = [
  [
    'another department reads a case',
    404,
    'unknown-case',
    (s) => s.market.ask('GET', `/cases/${s.receipt.number}`),
  ],
  [
    'another department opens its paper',
    404,
    'unknown-case',
    (s) => s.market.ask('GET', `/cases/${s.receipt.number}/files/${s.address}`),
  ],
  [
    'another department verifies its papers',
    404,
    'unknown-case',
    (s) => s.market.ask('GET', `/cases/${s.receipt.number}/papers`),
  ],
  [
    'another department decides',
    404,
    'unknown-case',
    (s) => s.market.ask('POST', `/cases/${s.receipt.number}/actions`, act('accept'), keyed()),
  ],
  [
    'another department ties a ticket to it',
    404,
    'unknown-case',
    (s) => s.market.ask('PUT', `/cases/${s.receipt.number}/ticket`, { ticket: 'A1' }),
  ],
  [
    'a desk ties a ticket',
    403,
    'not-allowed',
    (s) => s.police.ask('PUT', `/cases/${s.receipt.number}/ticket`, { ticket: 'A1' }),
  ],
  [
    'a desk confirms who somebody is',
    409,
    'action-not-allowed',
    (s) =>
      s.police.ask(
        'POST',
        `/cases/${s.receipt.number}/actions`,
        { ...act('confirm-identity'), shown: 'resident-card' },
        keyed(),
      ),
  ],
  [
    'a counter grants',
    409,
    'action-not-allowed',
    (s) => s.window3.ask('POST', `/cases/${s.receipt.number}/actions`, act('grant'), keyed()),
  ],
  [
    'a desk takes a file of no case',
    404,
    'unknown-file',
    (s) => s.police.ask('GET', `/cases/${s.receipt.number}/files/${'A'.repeat(43)}`),
  ],
  [
    'a citizen asks for the list of a desk',
    403,
    'not-allowed',
    (s) => s.citizen.ask('GET', '/cases'),
  ],
  [
    'a citizen reads a case as staff do',
    403,
    'not-allowed',
    (s) => s.citizen.ask('GET', `/cases/${s.receipt.number}`),
  ],
  [
    'a citizen looks at the terminals of a hall',
    403,
    'not-allowed',
    (s) => s.citizen.ask('GET', '/terminals'),
  ],
  ['nobody asks for cases', 401, 'not-signed-in', (s) => s.bare('GET', '/api/v1/cases')],
  [
    'nobody decides',
    401,
    'not-signed-in',
    (s) =>
      s.bare('POST', `/api/v1/cases/${s.receipt.number}/actions`, {
        headers: { ...json, ...keyed() },
        body: JSON.stringify(act('accept')),
      }),
  ],
  [
    'a made-up cookie asks for cases',
    401,
    'not-signed-in',
    (s) =>
      s.bare('GET', '/api/v1/cases', { headers: { cookie: `tongban_session=${'A'.repeat(43)}` } }),
  ],
  [
    'an upload that is another’s, or nobody’s, is ended',
    404,
    'unknown-upload',
    (s) =>
      s.otherPhone.ask('DELETE', `/api/v1/uploads/${'B'.repeat(43)}`, undefined, {
        'tus-resumable': '1.0.0',
      }),
  ],
];

const receipts: readonly Attack[] = [
  [
    'a guessed receipt',
    404,
    'unknown-receipt',
    (s) =>
      s.otherPhone.ask('POST', '/api/v1/status', {
        receiptNumber: made(),
        secret: base64url(systemRandom.bytes(16)),
      }),
  ],
  [
    'a real number with a guessed secret',
    404,
    'unknown-receipt',
    (s) =>
      s.otherPhone.ask('POST', '/api/v1/status', {
        receiptNumber: s.receipt.number,
        secret: base64url(systemRandom.bytes(16)),
      }),
  ],
  [
    'a real receipt with another’s ID number',
    403,
    'wrong-id',
    (s) =>
      s.otherPhone.ask('POST', '/api/v1/status', {
        receiptNumber: s.receipt.number,
        secret: s.receipt.secret,
        residentId: '320199199205180010',
      }),
  ],
  [
    'a receipt number in no form',
    404,
    'unknown-receipt',
    (s) =>
      s.otherPhone.ask('POST', '/api/v1/status', { receiptNumber: "' or 1=1 --", secret: 'x' }),
  ],
];

const handovers: readonly Attack[] = [
  [
    'a guessed locator',
    404,
    'unknown-handover',
    (s) => s.otherPhone.ask('POST', `/api/v1/handovers/${base64url(systemRandom.bytes(16))}/take`),
  ],
  [
    'another takes the draft back',
    404,
    'unknown-handover',
    (s) => s.otherPhone.ask('POST', `/api/v1/handovers/${s.locator}/reclaim`),
  ],
  [
    'another leaves its own under the same locator',
    409,
    'handover-exists',
    (s) => s.otherPhone.ask('PUT', `/api/v1/handovers/${s.locator}`, systemRandom.bytes(50)),
  ],
];

test.each(others)('what belongs to others: %s: %i %s', (...one) => refused(scene, one));

test.each(receipts)('receipts: %s: %i %s', (...one) => refused(scene, one));

test.each(handovers)('hand-overs: %s: %i %s', (...one) => refused(scene, one));

test('another terminal’s envelope becomes no second case, and is not changed', async () => {
  const { envelope } = scene.packed;
  const outcome = await attack(scene.centre, scene.planted, () =>
    scene.elsewhere.ask('POST', '/api/v1/envelopes', { envelopes: [envelope] }),
  );
  expect(outcome).toMatchObject({ status: 200, leaked: [], changed: [] });
  const broken = { ...envelope, manifestHash: base64url(systemRandom.bytes(32)) };
  const again = await attack(scene.centre, scene.planted, () =>
    scene.elsewhere.ask('POST', '/api/v1/envelopes', { envelopes: [broken] }),
  );
  expect(again).toMatchObject({ status: 200, leaked: [], changed: [] });
});

test('who has signed out is nobody', async () => {
  const desk = await signIn(scene.centre.origin, 'desk-health');
  await desk.ask('DELETE', '/session', undefined, { 'x-tongban': '1' });
  await refused(scene, ['signed out', 401, 'not-signed-in', () => desk.ask('GET', '/cases')]);
});

test('a hand-over serves one taker', async () => {
  const { phone, kiosk, elsewhere } = scene;
  const locator = base64url(systemRandom.bytes(16));
  await phone.ask('PUT', `/api/v1/handovers/${locator}`, systemRandom.bytes(50));
  expect((await kiosk.ask('POST', `/api/v1/handovers/${locator}/take`)).status).toBe(200);
  await refused(scene, [
    'taken',
    410,
    'handover-taken',
    () => elsewhere.ask('POST', `/api/v1/handovers/${locator}/take`),
  ]);
});

test('guesses at receipts are counted for who guesses', async () => {
  const guess = () =>
    scene.otherPhone.ask('POST', '/api/v1/status', {
      receiptNumber: made(),
      secret: base64url(systemRandom.bytes(16)),
    });
  let answer = await guess();
  for (let tries = 0; answer.status === 404 && tries < 100; tries += 1) answer = await guess();
  expect(answer.status).toBe(429);
  await refused(scene, ['one more', 429, 'too-many-attempts', guess]);
});

test('after five wrong ID numbers even the right one opens nothing', async () => {
  const { number: receiptNumber, secret } = scene.receipt;
  const ask = (residentId: string) =>
    scene.phone.ask('POST', '/api/v1/status', { receiptNumber, secret, residentId });
  for (let tries = 0; tries < 5; tries += 1) await ask('320199199205180010');
  await refused(scene, [
    'the right one',
    429,
    'too-many-attempts',
    () => ask('320199199403120027'),
  ]);
});

test.each([
  ['a kiosk of another hall', () => scene.elsewhere],
  ['another phone', () => scene.otherPhone],
])('%s pulls nothing of it', async (_, who) => {
  const own = await (await scene.kiosk.ask('GET', '/api/v1/changes/status')).text();
  expect(own).toContain(scene.receipt.number);
  const theirs = await who().ask('GET', '/api/v1/changes/status');
  expect(theirs.status).toBe(200);
  expect(await theirs.text()).not.toContain(scene.receipt.number);
});
