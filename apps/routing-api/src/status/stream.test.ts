import { shippedCatalogue } from '@tongban/catalogue';
import type { StreamLine } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';

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

/** Opens the stream and hands out its lines one after the other. */
async function opened(device: Device) {
  const answer = await device.ask('GET', '/api/v1/stream');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'application/x-ndjson',
  ]);
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    next: async (): Promise<StreamLine | undefined> => {
      while (!rest.includes('\n')) {
        const { value, done } = await reader.read();
        if (done) return undefined;
        rest += value;
      }
      const [line = '', ...more] = rest.split('\n');
      rest = more.join('\n');
      return JSON.parse(line) as StreamLine;
    },
    cancel: () => reader.cancel(),
  };
}

const change = (scope: string) =>
  centre.centre.database.transaction(async (unit) => unit.publish({ scope, id: 'one', body: {} }));

/**
 * Reads until `enough` lines were of the kind wanted. What a scope's number already is may be told twice, since
 * the stream listens before it looks; nothing may be missed.
 */
async function read(
  stream: Awaited<ReturnType<typeof opened>>,
  enough: (seen: ReadonlyMap<string, number>) => boolean,
) {
  const seen = new Map<string, number>();
  while (!enough(seen)) {
    const line = await stream.next();
    if (line === undefined) throw new Error('the stream ended');
    if (line.kind === 'changed') seen.set(line.scope, line.seq);
  }
  return Object.fromEntries(seen);
}
const allThree = (seen: ReadonlyMap<string, number>) => seen.size === 3;

test('[P4] it says hello and where each scope stands, then what changes in this terminal’s own scopes', async () => {
  const stream = await opened(kiosk);
  expect(await stream.next()).toMatchObject({ kind: 'hello', epoch: await centre.centre.epoch() });
  expect(await read(stream, allThree)).toEqual({ catalogue: 1, status: 0, settings: 1 });
  await change('status:hall:beita');
  await change('status:hall:nanhu');
  expect(await read(stream, (seen) => seen.has('status'))).toMatchObject({ status: 1 });
  await stream.cancel();
});

test('a phone hears of its own cases only', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const stream = await opened(phone);
  expect(await read(stream, allThree)).toEqual({ catalogue: 1, status: 0, settings: 0 });
  await change('status:hall:nanhu');
  await change('status:hall:nanhu');
  await change(`status:terminal:${phone.id}`);
  expect(await read(stream, (seen) => seen.has('status'))).toMatchObject({ status: 1 });
  await stream.cancel();
});

test('when the database connection breaks, the stream tells anew where everything stands', async () => {
  const stream = await opened(kiosk);
  const before = await read(stream, allThree);
  await centre.centre.database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tongban listener'`,
  );
  expect(await read(stream, allThree)).toEqual(before);
  await change('status:hall:nanhu');
  const after = (before.status ?? 0) + 1;
  expect(await read(stream, (seen) => seen.get('status') === after)).toMatchObject({
    status: after,
  });
  await stream.cancel();
});

test('stopping the centre ends the stream', async () => {
  const other = await runCentre({ catalogue: shippedCatalogue });
  const device = await makeDevice(other.origin, other.clock);
  await device.enrol('kiosk');
  const stream = await opened(device);
  await stream.next();
  await other.end();
  const rest: StreamLine[] = [];
  for (let line = await stream.next(); line !== undefined; line = await stream.next())
    rest.push(line);
  // It came to its end, and what it said before then was whole.
  expect(rest.map(({ kind }) => kind)).toEqual(rest.map(() => 'changed'));
});
