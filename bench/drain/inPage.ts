import { shippedCatalogue } from '@tongban/catalogue';
import {
  type Catalogue,
  type Envelope,
  type KeyVault,
  systemClock,
  systemRandom,
} from '@tongban/core';
import { sampleApplication } from '@tongban/core/testing';
import { browserVault, type Device, openDevice } from '@tongban/sync';
import { makeProof, proofHeader } from '@tongban/sync/protocol';
import { sealOne } from '../intake/envelopes.ts';

declare global {
  interface Window {
    measureDrain: typeof measureDrain;
  }
}

type CentreKey = NonNullable<ReturnType<Device['centreKey']>>;

export type DrainPeer = 'ours' | 'one by one';

/**
 * A kiosk that was without a line holds `count` sealed envelopes; the milliseconds from the line's return until the
 * centre has receipted all of them.
 */
async function measureDrain(peer: DrainPeer, origin: string, count: number): Promise<number> {
  let connected = true;
  const vault = await browserVault('kiosk');
  const device = await openDevice({
    app: 'kiosk',
    vault,
    clock: systemClock,
    random: systemRandom,
    fetch: (input, init) =>
      connected ? fetch(input, init) : Promise.reject(new TypeError('no line')),
    origin,
    shippedCatalogue: shippedCatalogue as Catalogue,
  });
  const centreKey = await keyOf(device);
  connected = false;
  dispatchEvent(new Event('offline'));
  const envelopes: Envelope[] = [];
  for (let index = 0; index < count; index += 1)
    envelopes.push(await sealOne({ vault, centreKey }));
  if (peer === 'one by one') return oneByOne(envelopes, vault, origin);

  for (const envelope of envelopes) {
    const put = await device.outbox.put(envelope, sampleApplication.receiptNumber, new Map());
    if (!put.ok) throw new Error('Nothing was saved.');
  }
  const drained = new Promise<void>((resolve, reject) => {
    device.outbox.watch((entries) => {
      const aside = entries.find(({ state }) => state.at === 'set-aside');
      if (aside !== undefined) reject(new Error(JSON.stringify(aside.state)));
      const received = entries.filter(({ state }) => state.at === 'received').length;
      if (received === count) resolve();
    });
  });
  const began = performance.now();
  connected = true;
  dispatchEvent(new Event('online'));
  await drained;
  return performance.now() - began;
}

window.measureDrain = measureDrain;

/** What is usually written: a queue in IndexedDB, one request an envelope, the same again at once after a fault. */
async function oneByOne(
  envelopes: readonly Envelope[],
  vault: KeyVault,
  origin: string,
): Promise<number> {
  const queue = await openQueue();
  for (const envelope of envelopes) await queue.write((store) => store.put(envelope));
  const began = performance.now();
  for (const envelope of envelopes) {
    while (!(await offer(envelope, vault, origin)));
    await queue.write((store) => store.delete(envelope.submissionId));
  }
  return performance.now() - began;
}

async function offer(envelope: Envelope, vault: KeyVault, origin: string): Promise<boolean> {
  const url = '/api/v1/envelopes';
  const proof = await makeProof({ method: 'POST', url }, vault, systemClock, systemRandom);
  let answer: Response;
  try {
    answer = await fetch(`${origin}${url}`, {
      method: 'POST',
      headers: { [proofHeader]: proof, 'content-type': 'application/json' },
      body: JSON.stringify({ envelopes: [envelope] }),
    });
  } catch {
    // The answer was lost: offered again.
    return false;
  }
  // A browser repeats a request by itself when its connection breaks, and the proof in it is spent.
  if (answer.status === 401) return false;
  if (!answer.ok) throw new Error(await answer.text());
  return true;
}

async function openQueue() {
  const database = await settled(
    Object.assign(indexedDB.open('queue'), {
      onupgradeneeded(this: IDBOpenDBRequest) {
        this.result.createObjectStore('queue', { keyPath: 'submissionId' });
      },
    }),
  );
  return {
    write(act: (store: IDBObjectStore) => void): Promise<void> {
      const unit = database.transaction('queue', 'readwrite', { durability: 'strict' });
      act(unit.objectStore('queue'));
      return new Promise((resolve, reject) => {
        unit.oncomplete = () => resolve();
        unit.onerror = () => reject(unit.error);
      });
    },
  };
}

function settled<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** The centre's key, once the kiosk is admitted. */
async function keyOf(device: Device): Promise<CentreKey> {
  for (;;) {
    const key = device.centreKey();
    if (key !== undefined) return key;
    await new Promise(requestAnimationFrame);
  }
}
