import { type Catalogue, systemRandom } from '@tongban/core';
import { memoryVault } from '@tongban/core/testing';
import type { Device, DeviceOptions } from '../device.ts';
import { openDevice } from '../openDevice.ts';
import type { Formats } from '../storage/formats.ts';
import type { Hint } from '../surroundings/surroundings.ts';
import { browserChannels, browserLocks } from './browser.ts';
import { simulatedCentre } from './centre.ts';
import { emptyDisk, storageOfTab } from './disk.ts';
import { handClock, handTimer } from './hands.ts';
import { openTransport } from './transport.ts';

/** A whole device over fake IndexedDB, before a simulated centre on a line that the test cuts and mends. */
export async function place(shippedCatalogue: Catalogue, given: Partial<DeviceOptions> = {}) {
  const clock = handClock();
  const centreClock = handClock();
  const centre = simulatedCentre(() => centreClock.now());
  const disk = emptyDisk();
  const locks = browserLocks();
  const channels = browserChannels();
  const vault = given.vault ?? (await memoryVault());
  const devices: Device[] = [];
  let cut = false;
  const arrive = openTransport(centre);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (cut) throw new TypeError('Failed to fetch');
    const response = await arrive(input, init);
    if (init?.signal?.aborted) throw new DOMException('Aborted', 'AbortError');
    return response;
  };

  async function open(tab = 'one', more: Partial<DeviceOptions> = {}, formats?: Formats) {
    const timer = handTimer();
    const hints = new Set<(hint: Hint) => void>();
    const device = await openDevice({
      app: 'kiosk',
      vault,
      clock,
      random: systemRandom,
      fetch,
      origin: '',
      shippedCatalogue,
      ...given,
      ...more,
      surroundings: {
        timer,
        locks: locks.ofTab(tab),
        databases: disk,
        storage: storageOfTab(disk, tab),
        channel: channels,
        ...(formats && { formats }),
        estimate: async () => ({ quota: 1_000, usage: 400 }),
        onHint(listener) {
          hints.add(listener);
          return () => hints.delete(listener);
        },
      },
    });
    devices.push(device);
    return {
      device,
      timer,
      hint: (hint: Hint) => {
        for (const tell of hints) tell(hint);
      },
    };
  }

  return {
    centre,
    clock,
    centreClock,
    disk,
    vault,
    locks,
    open,
    cut: (is: boolean) => {
      cut = is;
    },
    async closeAll() {
      for (const device of devices.splice(0)) await device.close();
    },
  };
}

/** Waits for what happens by itself, on real storage that takes its time. Fails after `patience` ms. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  until: (found: T) => boolean,
  patience = 10_000,
): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (until(found)) return found;
    if (performance.now() > end) throw new Error(`It never came about: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
