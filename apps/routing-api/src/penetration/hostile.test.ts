import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { systemRandom } from '@tongban/core';
import { proofHeader } from '@tongban/sync/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Attack, makeScene, refused, type Scene } from './scene.ts';
import { attack, digestOf } from './watch.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene?.centre.end());

const json = { 'content-type': 'application/json' };
const act = (action: string) =>
  ({ action, reasons: [], materials: [], text: '', seen: 'received' }) as const;
/** A report that would be taken. */
const health = {
  ...{ appVersion: '1', protocol: 1, catalogueVersion: '1', unsent: 0, setAside: 0 },
  ...{ room: 1, persisted: 'granted', skew: 0 },
};
const keyed = () => ({ 'idempotency-key': randomUUID() });

const envelopes: readonly Attack[] = [
  [
    'more than may go together',
    400,
    'malformed-request',
    (s) => s.kiosk.ask('POST', '/api/v1/envelopes', { envelopes: Array(51).fill({}) }),
  ],
  [
    'a body that is no JSON',
    400,
    'malformed-request',
    async (s) =>
      s.bare('POST', '/api/v1/envelopes', {
        headers: { ...json, [proofHeader]: await s.kiosk.proof('POST', '/api/v1/envelopes') },
        body: '{"envelopes":[',
      }),
  ],
  [
    'a body of another kind',
    415,
    'unsupported-media-type',
    async (s) =>
      s.bare('POST', '/api/v1/envelopes', {
        headers: {
          'content-type': 'application/xml',
          [proofHeader]: await s.kiosk.proof('POST', '/api/v1/envelopes'),
        },
        body: '<a/>',
      }),
  ],
  [
    'a prototype in the body',
    400,
    'malformed-request',
    async (s) =>
      s.bare('POST', '/api/v1/status', {
        headers: { ...json, [proofHeader]: await s.phone.proof('POST', '/api/v1/status') },
        body: '{"__proto__":{"admin":true},"receiptNumber":"x","secret":"y"}',
      }),
  ],
  [
    'a body nested ten thousand deep',
    400,
    'malformed-request',
    async (s) =>
      s.bare('POST', '/api/v1/status', {
        headers: { ...json, [proofHeader]: await s.phone.proof('POST', '/api/v1/status') },
        body: `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
      }),
  ],
  [
    'a body that is compressed',
    400,
    'malformed-request',
    async (s) =>
      s.bare('POST', '/api/v1/status', {
        headers: {
          ...json,
          'content-encoding': 'gzip',
          [proofHeader]: await s.phone.proof('POST', '/api/v1/status'),
        },
        body: gzipSync(Buffer.alloc(3_000_000)),
      }),
  ],
  [
    'half a character, which no database keeps',
    400,
    'malformed-request',
    async (s) =>
      s.bare('PUT', '/api/v1/terminals/self/health', {
        headers: {
          ...json,
          [proofHeader]: await s.kiosk.proof('PUT', '/api/v1/terminals/self/health'),
        },
        body: JSON.stringify({ ...health, lastPull: '\ud800' }),
      }),
  ],
  [
    'half a character at the bottom of four hundred thousand brackets',
    400,
    'malformed-request',
    async (s) =>
      s.bare('POST', '/api/v1/envelopes', {
        headers: { ...json, [proofHeader]: await s.kiosk.proof('POST', '/api/v1/envelopes') },
        body: `${'['.repeat(400_000)}"\\ud800"${']'.repeat(400_000)}`,
      }),
  ],
  [
    'a NUL in a name that is looked for',
    400,
    'malformed-request',
    (s) => s.window3.ask('POST', '/cases/search', { text: '丁\u0000小禾' }),
  ],
  [
    'a NUL in a case number',
    400,
    'malformed-request',
    (s) => s.police.ask('GET', `/cases/${'0'.repeat(24)}%00`),
  ],
  [
    'a body over the limit',
    413,
    'too-large',
    (s) =>
      s.phone.ask('POST', '/api/v1/status', { receiptNumber: 'x', secret: 'y'.repeat(10_000) }),
  ],
  [
    'a file under a name that is not its hash',
    422,
    'address-mismatch',
    (s) => s.kiosk.ask('PUT', `/api/v1/files/${'A'.repeat(43)}`, systemRandom.bytes(100)),
  ],
  [
    'a file whose name climbs out of its folder',
    400,
    'malformed-request',
    (s) =>
      s.kiosk.ask('PUT', '/api/v1/files/..%2f..%2fkeys%2fauthority.pem', systemRandom.bytes(10)),
  ],
];

const pages: readonly Attack[] = [
  [
    'another website signs somebody in',
    403,
    'foreign-origin',
    (s) =>
      s.bare('POST', '/api/v1/session', {
        headers: { ...json, origin: 'https://elsewhere.example' },
        body: '{"account":"window3","password":"demo"}',
      }),
  ],
  [
    'another website decides with a cookie',
    403,
    'foreign-origin',
    (s) =>
      s.police.ask('POST', `/cases/${s.receipt.number}/actions`, act('accept'), {
        ...keyed(),
        origin: 'https://elsewhere.example',
      }),
  ],
  [
    'a form of another website',
    403,
    'foreign-origin',
    (s) =>
      s.police.ask('POST', `/cases/${s.receipt.number}/actions`, act('accept'), {
        ...keyed(),
        'sec-fetch-site': 'cross-site',
      }),
  ],
  [
    'a wrong password',
    401,
    'wrong-credentials',
    (s) =>
      s.bare('POST', '/api/v1/session', {
        headers: json,
        body: '{"account":"window3","password":"guess"}',
      }),
  ],
  [
    'a password of another type',
    400,
    'malformed-request',
    (s) =>
      s.bare('POST', '/api/v1/session', {
        headers: json,
        body: '{"account":"window3","password":{"$ne":null}}',
      }),
  ],
  ['a route that is not there', 404, 'not-found', (s) => s.bare('GET', '/api/v1/admin')],
  ['a method that is not there', 404, 'not-found', (s) => s.bare('DELETE', '/api/v1/cases')],
  [
    'a page outside its folder',
    404,
    'not-found',
    (s) => s.bare('GET', '/kiosk/..%2f..%2f..%2fetc%2fpasswd'),
  ],
  ['an address with a null byte', 404, 'not-found', (s) => s.bare('GET', '/phone/%00')],
  [
    'an act without its key',
    400,
    'idempotency-key-missing',
    (s) => s.police.ask('POST', `/cases/${s.receipt.number}/actions`, act('accept')),
  ],
  [
    'a field that the act does not know',
    400,
    'malformed-request',
    (s) =>
      s.police.ask(
        'POST',
        `/cases/${s.receipt.number}/actions`,
        { ...act('accept'), role: 'supervisor' },
        keyed(),
      ),
  ],
];

test.each(envelopes)('envelopes, files and bodies: %s: %i %s', (...one) => refused(scene, one));

test.each(pages)('pages and sessions: %s: %i %s', (...one) => refused(scene, one));

test.each([
  [
    'headers without an end',
    `GET /api/v1/probe HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
  ],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc', 400],
  [
    'two lengths',
    'POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef',
    400,
  ],
  [
    'a length and chunks',
    'POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
])('%s: refused, and the centre lives on', async (_, bytes, status) => {
  const before = await digestOf(scene.centre);
  const said = await raw(scene.centre.origin, bytes);
  expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect((await scene.bare('GET', '/healthz')).status).toBe(200);
  expect(await digestOf(scene.centre)).toEqual(before);
});

describe('the watch itself', () => {
  test('sees a row that was planted, a name in a log line and an answer that is no problem document', async () => {
    const { centre, planted, bare } = scene;
    const outcome = await attack(centre, planted, async () => {
      await centre.centre.database.query(
        "insert into handovers (locator, given_by, state, expires_at) values ('planted', 'x', 'expired', 'x')",
      );
      centre.centre.log.info({ name: planted[0] }, 'a name that should not be here');
      return bare('GET', '/api/v1/probe?nonce=AAAAAAAAAAAAAAAAAAAAAA');
    });
    expect(outcome).toMatchObject({
      changed: ['handovers'],
      leaked: [planted[0]],
      whole: false,
    });
    await centre.centre.database.query("delete from handovers where locator = 'planted'");
  });
});

/** What the server answers to bytes that no HTTP client would send. */
function raw(origin: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => {
      socket.write(Buffer.from(bytes, 'latin1'));
    });
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('close', () => resolve(said));
    socket.on('error', reject);
  });
}
