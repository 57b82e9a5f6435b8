import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { shippedCatalogue } from '@tongban/catalogue';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { sweepUploads, uploadLife } from './store.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
let kiosk: Device;
let other: Device;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  other = await makeDevice(centre.origin, centre.clock);
  await other.enrol('counter', { hall: 'nanhu' });
});
afterAll(() => centre.end());

const root = '/api/v1/uploads';
const tus = { 'tus-resumable': '1.0.0' };
const part = 'application/offset+octet-stream';

function made(length: number) {
  const bytes = new Uint8Array(randomBytes(length));
  return { bytes, address: createHash('sha256').update(bytes).digest('base64url') };
}

function metadata(address: string): Record<string, string> {
  return { 'upload-metadata': `name dGVzdA==,address ${Buffer.from(address).toString('base64')}` };
}

function begin(
  address: string,
  size: number,
  more: Record<string, string> = {},
  body?: Uint8Array,
) {
  const headers = { ...tus, ...metadata(address), 'upload-length': String(size), ...more };
  return kiosk.ask(
    'POST',
    root,
    body,
    body === undefined ? headers : { ...headers, 'content-type': part },
  );
}

function patch(
  address: string,
  at: number,
  bytes: Uint8Array,
  more: Record<string, string> = {},
  by = kiosk,
) {
  return by.ask('PATCH', `${root}/${address}`, bytes, {
    ...tus,
    'content-type': part,
    'upload-offset': String(at),
    ...more,
  });
}

async function offset(
  address: string,
  by = kiosk,
): Promise<[number, string | null, string | null]> {
  const answer = await by.ask('HEAD', `${root}/${address}`, undefined, tus);
  return [answer.status, answer.headers.get('upload-offset'), answer.headers.get('upload-length')];
}

async function code(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as { code: string }).code];
}

async function stored(address: string): Promise<Buffer | undefined> {
  const { rows } = await centre.centre.database.query<{ bytes: Buffer }>(
    'select bytes from files where address = $1',
    [address],
  );
  return rows[0]?.bytes;
}

test('[U1] a file comes in parts, each offset counts what is committed, and the whole is the file', async () => {
  const { bytes, address } = made(700_000);
  const begun = await begin(address, bytes.length);
  expect([begun.status, begun.headers.get('location'), begun.headers.get('upload-offset')]).toEqual(
    [201, `${root}/${address}`, '0'],
  );
  expect(begun.headers.get('upload-expires')).toBe(
    new Date(centre.clock.now().getTime() + uploadLife).toUTCString(),
  );
  const first = await patch(address, 0, bytes.slice(0, 300_000));
  expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '300000']);
  expect(await offset(address)).toEqual([200, '300000', '700000']);
  expect(await stored(address)).toBeUndefined();
  const last = await patch(address, 300_000, bytes.slice(300_000));
  expect([
    last.status,
    last.headers.get('upload-offset'),
    last.headers.get('tus-resumable'),
  ]).toEqual([204, '700000', '1.0.0']);
  expect(await stored(address)).toEqual(Buffer.from(bytes));
  // Whoever asks from now on hears that it is whole; begun again, there is nothing to send.
  expect(await offset(address)).toEqual([200, '700000', '700000']);
  expect(await offset(address, other)).toEqual([200, '700000', '700000']);
  expect((await begin(address, bytes.length)).headers.get('upload-offset')).toBe('700000');
  const { rows } = await centre.centre.database.query('select 1 from upload_parts');
  expect(rows).toEqual([]);
});

test('[U1] a small file needs one request; an empty one too', async () => {
  const { bytes, address } = made(2_000);
  const answer = await begin(address, bytes.length, {}, bytes);
  expect([answer.status, answer.headers.get('upload-offset')]).toEqual([201, '2000']);
  expect(await stored(address)).toEqual(Buffer.from(bytes));
  const empty = made(0);
  expect((await begin(empty.address, 0)).headers.get('upload-offset')).toBe('0');
  expect(await stored(empty.address)).toEqual(Buffer.alloc(0));
});

test('[U2] a line cut in the middle of a part keeps what came, and the rest follows from there', async () => {
  const { bytes, address } = made(900_000);
  await begin(address, bytes.length);
  const path = `${root}/${address}`;
  const { hostname, port } = new URL(centre.origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = [
    `PATCH ${path} HTTP/1.1`,
    `host: ${hostname}`,
    'tus-resumable: 1.0.0',
    `content-type: ${part}`,
    'upload-offset: 0',
    `content-length: ${bytes.length}`,
    `dpop: ${await kiosk.proof('PATCH', path)}`,
    '',
    '',
  ].join('\r\n');
  socket.write(head);
  await new Promise((resolve) => socket.write(bytes.slice(0, 600_001), resolve));
  socket.end();
  // The centre hears of the cut a moment later; two whole commits lie behind it.
  const rest = await vi.waitFor(
    async () => {
      const at = Number((await offset(address))[1]);
      expect(at).toBeGreaterThanOrEqual(512 * 1024);
      const answer = await patch(address, at, bytes.slice(at));
      expect(answer.status).toBe(204);
      return answer;
    },
    { timeout: 20_000 },
  );
  expect(rest.headers.get('upload-offset')).toBe('900000');
  expect(await stored(address)).toEqual(Buffer.from(bytes));
});

test('[U3] the hash decides: a whole that is not its address is forgotten, and can be sent again', async () => {
  const { bytes, address } = made(1_000);
  await begin(address, bytes.length);
  await patch(address, 0, bytes.slice(0, 500));
  expect(await code(await patch(address, 500, new Uint8Array(500)))).toEqual([
    422,
    'address-mismatch',
  ]);
  expect(await offset(address)).toEqual([404, null, null]);
  expect(await code(await patch(address, 500, bytes.slice(500)))).toEqual([404, 'unknown-upload']);
  await begin(address, bytes.length);
  await patch(address, 0, bytes);
  expect(await stored(address)).toEqual(Buffer.from(bytes));
});

test('[U3] a part with a checksum counts whole or not at all', async () => {
  const { bytes, address } = made(1_000);
  await begin(address, bytes.length);
  const first = bytes.slice(0, 400);
  for (const algorithm of ['sha256', 'sha1']) {
    const wrong = createHash(algorithm).update('other').digest('base64');
    const refused = await patch(address, 0, first, { 'upload-checksum': `${algorithm} ${wrong}` });
    expect(await code(refused)).toEqual([460, 'checksum-mismatch']);
  }
  expect(await code(await patch(address, 0, first, { 'upload-checksum': 'md5 AAAA' }))).toEqual([
    400,
    'malformed-request',
  ]);
  expect((await offset(address))[1]).toBe('0');
  const right = createHash('sha1').update(first).digest('base64');
  expect((await patch(address, 0, first, { 'upload-checksum': `sha1 ${right}` })).status).toBe(204);
  expect((await offset(address))[1]).toBe('400');
});

test('[U4] sixteen senders of one file at once do no harm, and two terminals do not meet', async () => {
  const { bytes, address } = made(300_000);
  await begin(address, bytes.length);
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => patch(address, 0, bytes.slice(0, 200_000))),
  );
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([204, ...Array.from({ length: 15 }, () => 409)]);
  expect(await offset(address)).toEqual([200, '200000', '300000']);
  expect(await offset(address, other)).toEqual([404, null, null]);
  const theirs = { ...tus, ...metadata(address), 'upload-length': '300000' };
  await other.ask('POST', root, undefined, theirs);
  expect(await code(await patch(address, 200_000, bytes.slice(200_000), {}, other))).toEqual([
    409,
    'upload-offset',
  ]);
  await Promise.all([
    patch(address, 200_000, bytes.slice(200_000)),
    patch(address, 0, bytes, {}, other),
  ]);
  expect(await stored(address)).toEqual(Buffer.from(bytes));
});

test('[U5] an upload that nobody goes on with is forgotten after seven days, and ended by hand at once', async () => {
  await centre.centre.database.query('delete from uploads');
  const { bytes, address } = made(1_000);
  await begin(address, bytes.length);
  await patch(address, 0, bytes.slice(0, 10));
  centre.clock.forward(uploadLife - 1_000);
  expect(await sweepUploads(centre.centre)).toBe(0);
  await patch(address, 10, bytes.slice(10, 20));
  centre.clock.forward(uploadLife - 1_000);
  expect((await offset(address))[1]).toBe('20');
  centre.clock.forward(1_000);
  expect((await offset(address))[0]).toBe(404);
  expect((await begin(address, bytes.length)).headers.get('upload-offset')).toBe('0');
  const ended = () => kiosk.ask('DELETE', `${root}/${address}`, undefined, tus);
  expect((await ended()).status).toBe(204);
  expect(await code(await ended())).toEqual([404, 'unknown-upload']);
  await begin(address, bytes.length);
  centre.clock.forward(uploadLife);
  expect(await sweepUploads(centre.centre)).toBe(1);
});

test('[U6] what a terminal has begun counts against what it may store', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const ask = (address: string) =>
    phone.ask('POST', root, undefined, {
      ...tus,
      ...metadata(address),
      'upload-length': String(10 * 1024 * 1024),
    });
  const statuses: number[] = [];
  for (let index = 0; index < 40; index++) statuses.push((await ask(made(32).address)).status);
  expect(new Set(statuses.slice(0, 38))).toEqual(new Set([201]));
  expect(statuses.at(-1)).toBe(429);
});

test('[U7] what is not tus 1.0.0, not in form or too much is told before a byte is taken', async () => {
  const { bytes, address } = made(100);
  const told = await fetch(`${centre.origin}${root}`, { method: 'OPTIONS' });
  expect([told.status, told.headers.get('tus-version'), told.headers.get('tus-extension')]).toEqual(
    [204, '1.0.0', 'creation,creation-with-upload,checksum,expiration,termination'],
  );
  const older = await begin(address, 100, { 'tus-resumable': '0.2.2' });
  expect([older.headers.get('tus-version'), ...(await code(older))]).toEqual([
    '1.0.0',
    412,
    'upload-version',
  ]);
  expect((await fetch(`${centre.origin}${root}`, { method: 'POST', headers: tus })).status).toBe(
    401,
  );
  expect(await code(await begin(address, 11 * 1024 * 1024))).toEqual([413, 'too-large']);
  expect(await code(await begin('short', 100))).toEqual([400, 'malformed-request']);
  expect(await code(await begin(address, 100, { 'upload-length': '-1' }))).toEqual([
    400,
    'malformed-request',
  ]);
  await begin(address, 100);
  expect(
    await code(await patch(address, 0, bytes, { 'content-type': 'application/octet-stream' })),
  ).toEqual([415, 'unsupported-media-type']);
  expect(await code(await patch(address, 0, new Uint8Array(101)))).toEqual([413, 'too-large']);
  expect(await code(await patch(address, 50, bytes.slice(50)))).toEqual([409, 'upload-offset']);
  expect((await offset(address))[1]).toBe('0');
});
