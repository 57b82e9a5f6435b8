import { shippedCatalogue } from '@tongban/catalogue';
import { systemClock, systemRandom } from '@tongban/core';
import { browserVault, type Device, openDevice } from '@tongban/sync';
import { type OwnVisits, openOwnVisits } from '../visit/ownVisits.ts';

/** This phone: its keys, its store, its line, and the applications begun on it. */
export interface Phone {
  readonly device: Device;
  readonly visits: OwnVisits;
}

/** Opens everything that the home does not need to answer. */
export async function openPhone(): Promise<Phone> {
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
