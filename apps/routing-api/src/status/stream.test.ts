import { shippedCatalogue } from '@tongban/catalogue';
import type { StreamLine } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { createStreams } from './stream.ts';

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

/** The next line that satisfies, passing over others. */
async function until<Line extends StreamLine>(
  stream: Awaited<ReturnType<typeof opened>>,
  wanted: (line: StreamLine) => line is Line,
): Promise<Line> {
  for (;;) {
    const line = await stream.next();
    if (line === undefined) throw new Error('the stream ended');
    if (wanted(line)) return line;
  }
}
type Hello = Extract<StreamLine, { kind: 'hello' }>;
const hello = (line: StreamLine): line is Hello => line.kind === 'hello';
const changed =
  (scope: string) =>
  (line: StreamLine): line is Extract<StreamLine, { kind: 'changed' }> =>
    line.kind === 'changed' && line.scope === scope;

test('[P10] it says hello with where each scope stands, then what changes in this terminal’s own scopes', async () => {
  const stream = await opened(kiosk);
  expect(await stream.next()).toEqual({
    kind: 'hello',
    epoch: await centre.centre.epoch(),
    // The hall's name and whose credentials count there.
    at: { catalogue: 1, status: 0, settings: 2 },
  });
  await change('status:hall:beita');
  await change('status:hall:nanhu');
  expect(await stream.next()).toEqual({ kind: 'changed', scope: 'status', seq: 1 });
  await stream.cancel();
});

test('[P10] a phone hears of its own cases only', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const stream = await opened(phone);
  expect(await until(stream, hello)).toMatchObject({
    at: { catalogue: 1, status: 0, settings: 1 },
  });
  await change('status:hall:nanhu');
  await change('status:hall:nanhu');
  await change(`status:terminal:${phone.id}`);
  expect(await stream.next()).toEqual({ kind: 'changed', scope: 'status', seq: 1 });
  await stream.cancel();
});

test('[P10] when the database connection breaks, the stream says anew where everything stands', async () => {
  const stream = await opened(kiosk);
  const before = await until(stream, hello);
  await centre.centre.database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tongban listener'`,
  );
  expect(await until(stream, hello)).toEqual(before);
  await change('status:hall:nanhu');
  expect((await until(stream, changed('status'))).seq).toBe((before.at?.status ?? 0) + 1);
  await stream.cancel();
});

test('[M6] stopping the centre ends the stream', async () => {
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
  expect(rest.map(({ kind }) => kind)).toEqual(rest.map(() => 'hello'));
});

test('[M6] a stream that is being opened while the centre stops is refused, and nothing is said to it', async () => {
  const query = Promise.withResolvers<{ rows: never[] }>();
  const tell = new Set<(change: { scope: string; seq: number }) => void>();
  const streams = createStreams(
    {
      ...centre.centre,
      database: { ...centre.centre.database, query: () => query.promise as never },
    },
    {
      subscribe: (listener) => {
        tell.add(listener);
        return () => tell.delete(listener);
      },
      onGap: () => () => undefined,
      onBreak: () => () => undefined,
      stop: async () => undefined,
    },
  );
  const opening = streams.open({
    terminal: 't',
    profile: 'kiosk',
    name: '',
    hall: 'nanhu',
    statusGroup: 'hall:nanhu',
  });
  streams.endAll();
  query.resolve({ rows: [] });
  await expect(opening).rejects.toMatchObject({ code: 'unavailable' });
  expect(tell.size).toBe(0);
});
