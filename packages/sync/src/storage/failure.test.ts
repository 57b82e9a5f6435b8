import { systemRandom } from '@tongban/core';
import type { RxStorage } from 'rxdb';
import { describe, expect, test } from 'vitest';
import { emptyDisk, storageOfTab, watched } from '../testing/disk.ts';
import { openDatabase } from './database.ts';
import { storeFailure } from './failure.ts';
import { type Row, type Rows, rowsOf } from './rows.ts';

interface Note extends Row {
  readonly text: string;
}

/** A real storage whose next writes the browser refuses. */
function refusing(storage: RxStorage<unknown, unknown>) {
  let refusal: Error | undefined;
  const wrapped: RxStorage<unknown, unknown> = {
    ...storage,
    async createStorageInstance(params) {
      const instance = await storage.createStorageInstance(params);
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        if (refusal !== undefined) throw refusal;
        return write(rows, context);
      };
      return instance;
    },
  };
  return {
    storage: wrapped,
    refuse(error: Error | undefined) {
      refusal = error;
    },
  };
}

describe('refusals of the disk', () => {
  test('[S6] names the refusal, however deep Dexie has wrapped it', () => {
    const quota = new DOMException('full', 'QuotaExceededError');
    expect(storeFailure(quota)).toBe('quota-exceeded');
    const aborted = Object.assign(new Error('aborted'), { name: 'AbortError', inner: quota });
    expect(storeFailure(aborted)).toBe('quota-exceeded');
    const bulk = Object.assign(new Error('bulk'), { name: 'BulkError', failures: [aborted] });
    expect(storeFailure(bulk)).toBe('quota-exceeded');
    expect(storeFailure(new DOMException('disk', 'UnknownError'))).toBe('storage-refused');
    expect(storeFailure(new TypeError('a bug'))).toBeUndefined();
  });

  test('[S6] [S10] a full disk is an answer, what was there stays, the next save succeeds', async () => {
    const disk = refusing(storageOfTab(emptyDisk(), 'one'));
    const database = await openDatabase({
      name: 'refusals',
      storage: disk.storage,
      key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
      ]),
      random: systemRandom,
      collections: ['notes'],
    });
    const notes: Rows<Note> = rowsOf(database.collections.notes);
    await notes.update('n1', () => ({ id: 'n1', text: 'before' }));

    disk.refuse(new DOMException('full', 'QuotaExceededError'));
    const refused = await notes.update('n1', () => ({ id: 'n1', text: 'too much' }));
    expect(refused).toEqual({ ok: false, error: 'quota-exceeded' });
    expect(await notes.get('n1')).toEqual({ id: 'n1', text: 'before' });
    expect(await notes.remove(['n1'])).toEqual({ ok: false, error: 'quota-exceeded' });

    disk.refuse(undefined);
    const saved = await notes.update('n1', () => ({ id: 'n1', text: 'after' }));
    expect(saved.ok).toBe(true);
    expect(await notes.get('n1')).toEqual({ id: 'n1', text: 'after' });

    disk.refuse(new TypeError('a bug'));
    await expect(notes.update('n1', () => ({ id: 'n1', text: 'x' }))).rejects.toThrow('a bug');
    disk.refuse(undefined);
    await database.close();
  });

  test('[F5] rows survive a connection that the system broke off', async () => {
    const disk = emptyDisk();
    const { factory, connections } = watched(disk.indexedDB);
    const database = await openDatabase({
      name: 'asleep',
      storage: storageOfTab({ ...disk, indexedDB: factory }, 'one'),
      key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
      ]),
      random: systemRandom,
      collections: ['notes'],
    });
    const notes: Rows<Note> = rowsOf(database.collections.notes);
    await notes.update('n1', () => ({ id: 'n1', text: 'before' }));
    for (const connection of connections.splice(0)) connection.close();
    const saved = await notes.update('n1', () => ({ id: 'n1', text: 'after' }));
    expect(saved.ok).toBe(true);
    expect(await notes.get('n1')).toEqual({ id: 'n1', text: 'after' });
    await database.close();
  });
});
