import { shippedCatalogue } from '@tongban/catalogue';
import { ok, type Result, type StoreFailure, systemClock, systemRandom } from '@tongban/core';
import { attempt, browserVault, type Device, openDevice } from '@tongban/sync';
import { type OwnVisits, openOwnVisits } from '../visit/ownVisits.ts';

/** This phone: its keys, its store, its line, and the applications begun on it. */
export interface Phone {
  readonly device: Device;
  readonly visits: OwnVisits;
}

/** Opens everything that the home does not need to answer. */
export function openPhone(): Promise<Result<Phone, StoreFailure>> {
  return attempt(async () => ok(await opened()));
}

async function opened(): Promise<Phone> {
  const vault = await browserVault('phone');
  const device = await openDevice({
    app: 'phone',
    vault,
    clock: systemClock,
    random: systemRandom,
    fetch: (input, init) => fetch(input, init),
    origin: '',
    shippedCatalogue,
    appVersion: __APP_VERSION__,
    persist: () => navigator.storage.persist(),
  });
  const visits = openOwnVisits(device, vault);
  await visits.tidy();
  return { device, visits };
}
