import { shippedCatalogue } from '@tongban/catalogue';
import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import type { TrustList } from '@tongban/core';
import type { ChangesAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { putTrustIntoForce } from './trusted.ts';

let running: RunningCentre;
beforeAll(async () => {
  running = await runCentre({ catalogue: shippedCatalogue });
});
afterAll(() => running.end());

async function told(device: Device): Promise<ChangesAnswer['rows']> {
  const answer = await device.ask('GET', '/api/v1/changes/settings');
  const { rows } = (await answer.json()) as ChangesAnswer;
  return rows.filter(({ id }) => id === 'trust');
}

test('phone, kiosk and counter hear whose credentials count, and hear of a change once', async () => {
  const profiles = ['phone', 'kiosk', 'counter'] as const;
  const devices = await Promise.all(
    profiles.map(async (profile) => {
      const device = await makeDevice(running.origin, running.clock);
      await device.enrol(profile, profile === 'phone' ? {} : { hall: 'nanhu' });
      return device;
    }),
  );
  for (const device of devices)
    expect((await told(device)).map(({ body }) => body)).toEqual([demonstrationTrust]);

  const { database } = running.centre;
  const city: TrustList = { demonstration: false, issuers: [] };
  await putTrustIntoForce(database, city);
  const after = await Promise.all(devices.map(told));
  expect(after.map(([row]) => row?.body)).toEqual([city, city, city]);
  await putTrustIntoForce(database, city);
  expect(await Promise.all(devices.map(told))).toEqual(after);
});
