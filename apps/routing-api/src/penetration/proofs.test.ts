import { randomUUID } from 'node:crypto';
import { base64url, systemRandom, utf8 } from '@tongban/core';
import { proofHeader } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { revokeTerminal } from '../terminal/operate.ts';
import { makeDevice } from '../testing/device.ts';
import { type Attack, makeScene, refused, type Scene } from './scene.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene?.centre.end());

/** A proof with parts of it changed after, or instead of, its signing. */
async function forged(
  { kiosk, centre }: Scene,
  header: object,
  claims: object = {},
  sign = true,
): Promise<string> {
  const whole = {
    ...{ jti: randomUUID(), htm: 'GET', htu: '/api/v1/changes/status' },
    ...{ iat: Math.floor(centre.clock.now().getTime() / 1000) },
    ...claims,
  };
  const input = [{ typ: 'dpop+jwt', alg: 'ES256', jwk: kiosk.publicJwk, ...header }, whole]
    .map((part) => base64url(utf8(JSON.stringify(part))))
    .join('.');
  return `${input}.${sign ? base64url(await kiosk.vault.sign(utf8(input))) : ''}`;
}
const shownTo =
  (proof: string, path = '/api/v1/changes/status') =>
  ({ bare }: Scene) =>
    bare('GET', path, { headers: { [proofHeader]: proof } });

const proofs: readonly Attack[] = [
  ['no proof', 401, 'proof-missing', (s) => s.bare('GET', '/api/v1/changes/status')],
  [
    'alg none',
    401,
    'proof-bad-signature',
    async (s) => shownTo(await forged(s, { alg: 'none' }, {}, false))(s),
  ],
  [
    'HMAC with the public key for a secret',
    401,
    'proof-bad-signature',
    async (s) => shownTo(await forged(s, { alg: 'HS256' }))(s),
  ],
  [
    'another key in the header than signed',
    401,
    'proof-bad-signature',
    async (s) => shownTo(await forged(s, { jwk: s.elsewhere.publicJwk }))(s),
  ],
  [
    'a critical extension that nobody knows',
    401,
    'proof-bad-signature',
    async (s) => shownTo(await forged(s, { crit: ['exp'], exp: 1 }))(s),
  ],
  [
    'an unencoded payload (b64 false)',
    401,
    'proof-bad-signature',
    async (s) => shownTo(await forged(s, { b64: false, crit: ['b64'] }))(s),
  ],
  [
    'a proof for another path',
    401,
    'proof-wrong-request',
    async (s) => shownTo(await s.kiosk.proof('GET', '/api/v1/changes/settings'))(s),
  ],
  [
    'a proof for another method',
    401,
    'proof-wrong-request',
    async (s) => shownTo(await s.kiosk.proof('POST', '/api/v1/changes/status'))(s),
  ],
  [
    'a proof from an hour ago',
    401,
    'clock-wrong',
    async (s) =>
      shownTo(
        await forged(s, {}, { iat: Math.floor(s.centre.clock.now().getTime() / 1000) - 3_600 }),
      )(s),
  ],
  [
    'a proof from tomorrow',
    401,
    'clock-wrong',
    async (s) =>
      shownTo(
        await forged(s, {}, { iat: Math.floor(s.centre.clock.now().getTime() / 1000) + 86_400 }),
      )(s),
  ],
  [
    'a proof without an end',
    401,
    'proof-malformed',
    (s) => shownTo(`e30.${'A'.repeat(5_000)}.e30`)(s),
  ],
  [
    'a key that never enrolled',
    401,
    'terminal-unknown',
    async (s) =>
      (await makeDevice(s.centre.origin, s.centre.clock)).ask('GET', '/api/v1/changes/status'),
  ],
  [
    'a kiosk that asks for the scope of a phone',
    400,
    'malformed-request',
    (s) => s.kiosk.ask('GET', `/api/v1/changes/phone-${s.phone.id}`),
  ],
];

test.each(proofs)('proofs: %s: %i %s', (...one) => refused(scene, one));

test('a proof shown again is refused, for reading too', async () => {
  const proof = await scene.kiosk.proof('GET', '/api/v1/changes/status');
  expect((await shownTo(proof)(scene)).status).toBe(200);
  await refused(scene, ['replayed', 401, 'proof-replayed', shownTo(proof)]);
});

test('a terminal that was revoked is shut out, whatever it asks', async () => {
  const { centre } = scene;
  const lost = await makeDevice(centre.origin, centre.clock);
  await lost.enrol('kiosk', { hall: 'nanhu' });
  await revokeTerminal(centre.centre, lost.enrolment().name, {
    reason: 'lost',
    by: 'test',
  } as never);
  for (const [method, path, body] of [
    ['GET', '/api/v1/changes/status', undefined],
    ['POST', '/api/v1/envelopes', { envelopes: [scene.packed.envelope] }],
    ['PUT', `/api/v1/files/${'A'.repeat(43)}`, systemRandom.bytes(10)],
    [
      'POST',
      '/api/v1/status',
      { receiptNumber: scene.receipt.number, secret: scene.receipt.secret },
    ],
  ] as const)
    await refused(scene, [
      `${method} ${path}`,
      403,
      'terminal-revoked',
      () => lost.ask(method, path, body),
    ]);
});

test('a terminal whose certificate ran out is shut out', async () => {
  scene.centre.clock.forward(400 * 86_400_000);
  await refused(scene, [
    'expired',
    403,
    'terminal-expired',
    () => scene.kiosk.ask('GET', '/api/v1/changes/status'),
  ]);
});
