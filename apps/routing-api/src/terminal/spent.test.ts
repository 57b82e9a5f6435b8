import { createHash } from 'node:crypto';
import { shippedCatalogue } from '@tongban/catalogue';
import { base64url, systemRandom } from '@tongban/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { adminUrlOf } from '../database/embedded.ts';
import { startCentre } from '../start.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { sweepProofs } from './proof.ts';

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

test('[M10] a proof that changed something counts once, at whichever process it is shown', async () => {
  const other = await startCentre(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: centre.dataFolder,
      databaseUrl: (await adminUrlOf(centre.dataFolder))!,
      pages: {},
      demonstration: true,
      log: 'silent',
      clock: centre.clock,
    },
    { catalogue: shippedCatalogue, checkAnswers: true },
  );
  try {
    const path = '/api/v1/envelopes';
    const dpop = await kiosk.proof('POST', path);
    const body = JSON.stringify({ envelopes: [{ submissionId: 'x' }] });
    const send = (origin: string) =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { dpop, 'content-type': 'application/json' },
        body,
      });
    const answers = await Promise.all([send(centre.origin), send(other.origin)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await codeOf(await send(centre.origin))).toEqual([401, 'proof-replayed']);
    expect(await codeOf(await send(other.origin))).toEqual([401, 'proof-replayed']);
    const count = async () =>
      (await centre.centre.database.query<{ n: number }>('select count(*)::int as n from proofs'))
        .rows[0]!.n;
    expect(await count()).toBeGreaterThan(0);
    centre.clock.forward(601_000);
    await sweepProofs(centre.centre);
    expect(await count()).toBe(0);
  } finally {
    await other.stop();
  }
});

test('[M9] parcels count into the bytes that a terminal may store in a day', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const give = (bytes: number) =>
    phone.ask('PUT', `/api/v1/handovers/${locator()}`, systemRandom.bytes(bytes));
  expect((await give(100)).status).toBe(200);
  await centre.centre.database.query('update handovers set size = 399999000 where given_by = $1', [
    phone.id,
  ]);
  expect(await codeOf(await give(2_000))).toEqual([429, 'too-many-requests']);
  expect((await give(900)).status).toBe(200);
  const bytes = systemRandom.bytes(200);
  expect((await phone.ask('PUT', `/api/v1/files/${addressOf(bytes)}`, bytes)).status).toBe(429);
});
