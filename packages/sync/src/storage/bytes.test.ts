import { describe, expect, test } from 'vitest';
import { emptyDisk, request, watched } from '../testing/disk.ts';
import { openByteDatabase } from './bytes.ts';
import { databaseNames, deleteDatabases } from './wipe.ts';

const put = (value: string) => (store: (name: string) => IDBObjectStore) => {
  store('things').put(value, 'key');
};

describe('bytes beside RxDB', () => {
  test('[F5] a connection that the system broke off is opened again, for writing and for reading', async () => {
    const { factory, connections } = watched(emptyDisk().indexedDB);
    const database = await openByteDatabase(factory, 'bytes', ['things']);
    await database.write(['things'], put('before'));
    connections.at(-1)?.close();
    await database.write(['things'], put('after'));
    connections.at(-1)?.close();
    expect(await database.read('things', (store) => store.get('key'))).toBe('after');
    expect(connections).toHaveLength(3);
    database.close();
  });

  test('[F5] [K2] one that another tab deletes is let go, and is not made again', async () => {
    const { indexedDB } = emptyDisk();
    const database = await openByteDatabase(indexedDB, 'bytes', ['things']);
    await database.write(['things'], put('before'));
    await deleteDatabases(indexedDB, ['bytes']);
    await expect(database.write(['things'], put('late'))).rejects.toThrow();
    await expect(database.read('things', (store) => store.get('key'))).rejects.toThrow();
    expect(await databaseNames(indexedDB)).toEqual([]);
  });

  test('[C1] a write that fails in the middle leaves nothing, and says why', async () => {
    const { indexedDB } = emptyDisk();
    const database = await openByteDatabase(indexedDB, 'bytes', ['things']);
    const failed = database.write(['things'], (store) => {
      store('things').add('first', 'key');
      store('things').add('second', 'key');
    });
    await expect(failed).rejects.toMatchObject({ name: 'ConstraintError' });
    const broken = database.write(['things'], (store) => {
      put('half')(store);
      throw new RangeError('a bug');
    });
    await expect(broken).rejects.toThrow('a bug');
    expect(await database.read('things', (store) => store.get('key'))).toBeUndefined();
    database.close();
    const raw = await request<IDBDatabase>(indexedDB.open('bytes'));
    expect([...raw.objectStoreNames]).toEqual(['things']);
    raw.close();
  });
});
