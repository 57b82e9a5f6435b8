import { shippedCatalogue } from '@tongban/catalogue';
import { systemClock, systemRandom } from '@tongban/core';
import { draftStoreContract, outboxContract } from '@tongban/core/contracts';
import type { Device } from './device.ts';
import { openDevice } from './openDevice.ts';
import { databaseNames, deleteDatabases } from './storage/wipe.ts';
import { browserVault } from './vault/browserVault.ts';

/** A phone without a line, on the IndexedDB of this very browser. */
async function aDevice(): Promise<Device> {
  return openDevice({
    app: 'phone',
    vault: await browserVault('phone'),
    clock: systemClock,
    random: systemRandom,
    fetch: () => Promise.reject(new TypeError('no line')),
    origin: '',
    shippedCatalogue,
  });
}

async function wipe(): Promise<void> {
  await deleteDatabases(indexedDB, await databaseNames(indexedDB));
}

draftStoreContract('Chromium [C1] [S1] [S6] [S10] [F1] [F2]', async () => {
  let device = await aDevice();
  const { id, drafts, taken } = await device.openVisit();
  const away = Promise.withResolvers<void>();
  return {
    store: drafts,
    async reopen() {
      await device.close();
      device = await aDevice();
      return (await device.openVisit(id)).drafts;
    },
    async refuse() {
      const name = `tongban-phone-visit-${id}`;
      void navigator.locks.request(name, { steal: true }, () => away.promise);
      await taken;
    },
    async close() {
      away.resolve();
      await device.close();
      await wipe();
    },
  };
});

outboxContract('Chromium [C1] [O1] [O15]', async () => {
  let device = await aDevice();
  return {
    outbox: device.outbox,
    async reopen() {
      await device.close();
      device = await aDevice();
      return device.outbox;
    },
    async close() {
      await device.close();
      await wipe();
    },
  };
});
