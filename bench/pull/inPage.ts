import { systemClock, systemRandom } from '@tongban/core';
import { browserVault } from '@tongban/sync';
import {
  createCentre,
  type Drawer,
  durableDexie,
  encryptedStorage,
  type KeptRow,
  keptIn,
  openDatabase,
  pullStatus,
  rowSchema,
  rowsOf,
  systemTimer,
} from '@tongban/sync/parts';
import type { ChangesAnswer, Checkpoint } from '@tongban/sync/protocol';
import PouchDB from 'pouchdb-browser';
import { createRxDatabase, type RxStorage } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';

declare global {
  interface Window {
    measurePull: typeof measurePull;
  }
}

export type Peer = 'ours' | 'stock, sealed' | 'stock, in clear' | 'PouchDB';

/** Documents a request, for every peer alike. */
const pageSize = 500;

/** Pulls everything there is at `origin` into a new database; the milliseconds until the last page is on the disk. */
async function measurePull(peer: Peer, origin: string, wanted: number): Promise<number> {
  const pull = await pullOf(peer, origin);
  const began = performance.now();
  await pull.run();
  const taken = performance.now() - began;
  const count = await pull.count();
  if (count !== wanted) throw new Error(`${peer}: ${count} of ${wanted} documents came.`);
  return taken;
}

window.measurePull = measurePull;

interface Pull {
  run(): Promise<void>;
  count(): Promise<number>;
}

async function pullOf(peer: Peer, origin: string): Promise<Pull> {
  const storage = durableDexie({ indexedDB, IDBKeyRange });
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  switch (peer) {
    case 'ours':
      return ours(storage, key, origin);
    case 'stock, sealed':
      return stock(encryptedStorage(storage, key, systemRandom), origin);
    case 'stock, in clear':
      return stock(storage, origin);
    case 'PouchDB':
      return pouch(origin);
  }
}

async function ours(
  storage: RxStorage<unknown, unknown>,
  key: CryptoKey,
  origin: string,
): Promise<Pull> {
  const { collections } = await openDatabase({
    name: 'ours',
    storage,
    key,
    random: systemRandom,
    collections: ['status', 'kept'],
  });
  const centre = createCentre({
    origin,
    fetch: fetch.bind(globalThis),
    vault: await browserVault('kiosk'),
    centreClock: systemClock,
    random: systemRandom,
    timer: systemTimer,
  });
  const rows = rowsOf<Drawer>(collections.status);
  const { pull } = pullStatus({ rows, kept: keptIn(rowsOf<KeptRow>(collections.kept)), centre });
  return {
    async run() {
      const outcome = await pull();
      if (outcome.kind !== 'complete') throw new Error(JSON.stringify(outcome));
    },
    count: async () =>
      (await rows.all()).reduce((sum, { cases }) => sum + Object.keys(cases).length, 0),
  };
}

/** With an index by which a status is found again. */
const statusSchema = {
  ...rowSchema,
  properties: { ...rowSchema.properties, receiptNumber: { type: 'string', maxLength: 100 } },
  required: ['id', 'receiptNumber'],
  indexes: ['receiptNumber'],
} as unknown as typeof rowSchema;

/** RxDB as its documentation shows it: one collection, its own replication, a pull handler. */
async function stock(storage: RxStorage<unknown, unknown>, origin: string): Promise<Pull> {
  const database = await createRxDatabase({ name: 'stock', storage, multiInstance: true });
  const { status } = await database.addCollections({
    status: { schema: statusSchema },
  });
  if (status === undefined) throw new Error('No collection.');
  return {
    async run() {
      const replication = replicateRxCollection({
        collection: status,
        replicationIdentifier: 'stock',
        waitForLeadership: false,
        live: false,
        pull: {
          batchSize: pageSize,
          handler: async (last: Checkpoint | undefined) => {
            const answered = await fetch(
              `${origin}/api/v1/changes/status?seq=${last?.seq ?? 0}&limit=${pageSize}`,
            );
            const { rows, checkpoint } = (await answered.json()) as ChangesAnswer;
            return {
              documents: rows.map(({ id, seq, body, deleted }) => ({
                ...{ id, seq, body, epoch: checkpoint.epoch, _deleted: deleted },
                receiptNumber: (body as { receiptNumber: string }).receiptNumber,
              })),
              checkpoint,
            };
          },
        },
      });
      await replication.awaitInitialReplication();
    },
    count: () => status.count().exec(),
  };
}

/** PouchDB as it comes: in clear, and as durable as the browser is when nobody asks for more. */
async function pouch(origin: string): Promise<Pull> {
  const database = new PouchDB('status');
  return {
    async run() {
      const { ok } = await database.replicate.from(`${origin}/status`, { batch_size: pageSize });
      if (!ok) throw new Error('PouchDB did not pull.');
    },
    count: async () => (await database.info()).doc_count,
  };
}
