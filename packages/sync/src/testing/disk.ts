import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { RxStorage } from 'rxdb';

export { dump, request } from './dump.ts';

import { type DatabaseFactory, durableDexie } from '../storage/database.ts';

/** An empty disk. Tabs opened over the same one are tabs of one browser. */
export function emptyDisk(): DatabaseFactory {
  return { indexedDB: new IDBFactory(), IDBKeyRange: IDBKeyRange as never };
}

/** The storage of one tab: RxDB allows a name once in a process, and here several tabs live in one. */
export function storageOfTab(disk: DatabaseFactory, tab: string): RxStorage<unknown, unknown> {
  const dexie = durableDexie(disk);
  return {
    name: `${dexie.name}-${tab}`,
    rxdbVersion: dexie.rxdbVersion,
    createStorageInstance: (params) => dexie.createStorageInstance(params),
  };
}
