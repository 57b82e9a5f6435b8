import type { Random, StoreFailure } from '@tongban/core';
import { createRxDatabase, type RxCollection, type RxStorage } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { forgivingCheckpoints } from './checkpoints.ts';
import { encryptedStorage } from './encrypted.ts';
import { type Row, rowSchema } from './rows.ts';

/** IndexedDB with its key ranges, so that tests may hand in another one than the browser's. */
export interface DatabaseFactory {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof globalThis.IDBKeyRange;
}

/**
 * Dexie whose transactions resolve once the disk has them. Without `strict` Chromium answers from its cache and a power
 * cut takes back what was acknowledged.
 */
export function durableDexie(factory: DatabaseFactory): RxStorage<unknown, unknown> {
  return getRxStorageDexie({
    indexedDB: factory.indexedDB as never,
    IDBKeyRange: factory.IDBKeyRange as never,
    chromeTransactionDurability: 'strict',
  }) as unknown as RxStorage<unknown, unknown>;
}

export interface OpenedDatabase<Name extends string> {
  readonly collections: Readonly<Record<Name, RxCollection<Row>>>;
  close(): Promise<void>;
}

/** Opens an encrypted RxDB database with these collections of rows. */
export async function openDatabase<Name extends string>(options: {
  readonly name: string;
  readonly storage: RxStorage<unknown, unknown>;
  readonly key: CryptoKey;
  readonly random: Random;
  readonly collections: readonly Name[];
  readonly onCheckpointFailure?: (failure: StoreFailure) => void;
}): Promise<OpenedDatabase<Name>> {
  const forgiving = forgivingCheckpoints(
    options.storage,
    options.onCheckpointFailure ?? (() => {}),
  );
  const database = await createRxDatabase({
    name: options.name,
    storage: encryptedStorage(forgiving, options.key, options.random),
    multiInstance: true,
  });
  try {
    const collections = await database.addCollections(
      Object.fromEntries(options.collections.map((name) => [name, { schema: rowSchema }])),
    );
    return {
      collections: collections as never,
      close: async () => {
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
