import type { StoreFailure } from '@tongban/core';
import type { RxStorage } from 'rxdb';
import { storeFailure } from './failure.ts';

/**
 * A checkpoint that could not be written is only an older checkpoint: the page is pulled again. RxDB, though, neither
 * awaits nor catches that write, and its replication would stand still for ever. So here the failure is reported and
 * the write passes for done.
 */
export function forgivingCheckpoints<Internals, Options>(
  storage: RxStorage<Internals, Options>,
  onFailure: (failure: StoreFailure) => void,
): RxStorage<Internals, Options> {
  return {
    name: storage.name,
    rxdbVersion: storage.rxdbVersion,
    async createStorageInstance(params) {
      const instance = await storage.createStorageInstance(params);
      if (!params.collectionName.startsWith('rx-replication-meta-')) return instance;
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        try {
          return await write(rows, context);
        } catch (error) {
          const failure = storeFailure(error);
          if (failure === undefined) throw error;
          onFailure(failure);
          return { error: [] };
        }
      };
      return instance;
    },
  };
}
