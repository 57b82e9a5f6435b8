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

/** The factory, and every connection it gave out: closing one is what a phone's sleep does to it. */
export function watched(indexedDB: IDBFactory) {
  const connections: IDBDatabase[] = [];
  const factory = new Proxy(indexedDB, {
    get(target, name) {
      if (name !== 'open') return Reflect.get(target, name);
      return (...args: [string, number?]) => {
        const opening = target.open(...args);
        opening.addEventListener('success', () => connections.push(opening.result));
        return opening;
      };
    },
  });
  return { factory, connections };
}
