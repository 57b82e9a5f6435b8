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

test('[P4] it says hello and where each scope stands, then what changes in this terminal’s own scopes', async () => {
  const stream = await opened(kiosk);
  expect(await stream.next()).toMatchObject({ kind: 'hello', epoch: await centre.centre.epoch() });
  expect([await stream.next(), await stream.next(), await stream.next()]).toEqual([
    { kind: 'changed', scope: 'catalogue', seq: 1 },
    { kind: 'changed', scope: 'status', seq: 0 },
    { kind: 'changed', scope: 'settings', seq: 1 },
  ]);
  await change('status:hall:beita');
  await change('status:hall:nanhu');
  expect(await stream.next()).toEqual({ kind: 'changed', scope: 'status', seq: 1 });
  await stream.cancel();
});

test('a phone hears of its own cases only', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const stream = await opened(phone);
  for (let n = 0; n < 4; n += 1) await stream.next();
  await change('status:hall:nanhu');
  await change(`status:terminal:${phone.id}`);
  expect(await stream.next()).toEqual({ kind: 'changed', scope: 'status', seq: 1 });
  await stream.cancel();
});

test('when the database connection breaks, the stream tells anew where everything stands', async () => {
  const stream = await opened(kiosk);
  for (let n = 0; n < 4; n += 1) await stream.next();
  await centre.centre.database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tongban listener'`,
  );
  expect(await stream.next()).toMatchObject({ kind: 'changed', scope: 'catalogue' });
  expect(await stream.next()).toMatchObject({ kind: 'changed', scope: 'status' });
  expect(await stream.next()).toMatchObject({ kind: 'changed', scope: 'settings' });
  await change('status:hall:nanhu');
  expect(await stream.next()).toMatchObject({ kind: 'changed', scope: 'status' });
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
