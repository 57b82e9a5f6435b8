import { base64url, type FileAddress, sha256 } from '@tongban/core';
import { describe, expect, test } from 'vitest';
import { openByteDatabase } from '../storage/bytes.ts';
import { emptyDisk, request } from '../testing/disk.ts';
import { seededRandom } from '../testing/hands.ts';
import { type MemoryDisk, memoryDisk, memoryShelf } from '../testing/memory.ts';
import { madeUpEnvelope } from '../testing/tab.ts';
import type { Entry } from './entry.ts';
import { openShelf, type Shelf, type Shelved } from './shelf.ts';

const random = seededRandom(5);

function shelved(files: number): { shelved: Shelved; files: Map<FileAddress, Uint8Array> } {
  const one = madeUpEnvelope(random, files);
  return {
    files: one.files,
    shelved: {
      envelope: one.envelope,
      receiptNumber: 'R1',
      createdAt: '2026-11-23T09:00:00.000Z',
      sizes: Object.fromEntries([...one.files].map(([address, bytes]) => [address, bytes.length])),
    },
  };
}

/** The same for the real shelf and for the one that the fuzz runs over. */
const shelves: readonly [string, () => () => Promise<Shelf>][] = [
  [
    'IndexedDB',
    () => {
      const disk = emptyDisk();
      return () => openShelf(disk.indexedDB, 'shelf');
    },
  ],
  [
    'memory',
    () => {
      const disk: MemoryDisk<Entry> = memoryDisk();
      return async () => memoryShelf(disk);
    },
  ],
];

describe.each(shelves)('shelf: %s', (_name, start) => {
  test('[C1] [F2] envelope and files are there after a restart, byte for byte', async () => {
    const open = start();
    const one = shelved(3);
    const first = await open();
    await first.put(one.shelved, one.files);
    first.close();
    const second = await open();
    const id = one.shelved.envelope.submissionId;
    expect(await second.envelope(id)).toEqual(one.shelved);
    expect(await second.submissionIds()).toEqual([id]);
    for (const [address, bytes] of one.files) {
      const found = await second.file(id, address);
      expect(found && Array.from(found)).toEqual(Array.from(bytes));
    }
    second.close();
  });

  test('[O1] the first put stands', async () => {
    const shelf = await start()();
    const one = shelved(1);
    await shelf.put(one.shelved, one.files);
    await shelf.put({ ...one.shelved, receiptNumber: 'R2' }, new Map());
    expect((await shelf.envelope(one.shelved.envelope.submissionId))?.receiptNumber).toBe('R1');
    shelf.close();
  });

  test('[F1] other bytes under an address, or none, are a bug and store nothing', async () => {
    const shelf = await start()();
    const one = shelved(1);
    const [address] = one.files.keys();
    const wrong = new Map([[address as FileAddress, Uint8Array.of(1)]]);
    await expect(shelf.put(one.shelved, wrong)).rejects.toThrow('These bytes are not');
    await expect(shelf.put(one.shelved, new Map())).rejects.toThrow('not handed in');
    expect(await shelf.submissionIds()).toEqual([]);
    shelf.close();
  });

  test("[F4] taking one away takes its files and no other's, shared or not", async () => {
    const shelf = await start()();
    const [one, two] = [shelved(2), shelved(1)];
    const both = new Map([...two.files, ...one.files]);
    const sharing = {
      ...two.shelved,
      envelope: { ...two.shelved.envelope, files: [...both.keys()] },
    };
    await shelf.put(one.shelved, one.files);
    await shelf.put(sharing, both);
    await shelf.remove(one.shelved.envelope.submissionId);
    await shelf.remove('never-there');
    expect(await shelf.submissionIds()).toEqual([sharing.envelope.submissionId]);
    for (const address of both.keys()) {
      expect(await shelf.file(sharing.envelope.submissionId, address)).toBeDefined();
      expect(await shelf.file(one.shelved.envelope.submissionId, address)).toBeUndefined();
    }
    shelf.close();
  });
});

describe('shelf on the disk', () => {
  test('[F3] a file that decayed counts as not there', async () => {
    const { indexedDB } = emptyDisk();
    const shelf = await openShelf(indexedDB, 'shelf');
    const one = shelved(1);
    await shelf.put(one.shelved, one.files);
    const [address] = one.files.keys();
    const id = one.shelved.envelope.submissionId;
    const raw = await request<IDBDatabase>(indexedDB.open('shelf'));
    const files = raw.transaction('files', 'readwrite').objectStore('files');
    const stored = await request<ArrayBuffer>(files.get(`${id}/${address}`));
    new Uint8Array(stored)[7] = ~(new Uint8Array(stored)[7] ?? 0);
    await request(files.put(stored, `${id}/${address}`));
    expect(await shelf.file(id, address as FileAddress)).toBeUndefined();
    raw.close();
    shelf.close();
  });

  test('[F2] a view stores its own bytes only, as an ArrayBuffer', async () => {
    const { indexedDB } = emptyDisk();
    const shelf = await openShelf(indexedDB, 'shelf');
    const whole = new Uint8Array(1_000).fill(7);
    const view = whole.subarray(10, 20);
    const address = base64url(await sha256(view)) as FileAddress;
    const { envelope } = madeUpEnvelope(random, 0);
    await shelf.put(
      { envelope: { ...envelope, files: [address] }, receiptNumber: 'R', createdAt: '', sizes: {} },
      new Map([[address, view]]),
    );
    const raw = await request<IDBDatabase>(indexedDB.open('shelf'));
    const [stored] = await request<unknown[]>(
      raw.transaction('files').objectStore('files').getAll(),
    );
    expect(Object.prototype.toString.call(stored)).toBe('[object ArrayBuffer]');
    expect((stored as ArrayBuffer).byteLength).toBe(10);
    raw.close();
    shelf.close();
  });

  test('[C1] [S5] one put is one strict transaction: all of it or nothing', async () => {
    const disk = emptyDisk();
    const asked: unknown[] = [];
    const spied = spyOnTransactions(disk.indexedDB, asked);
    const shelf = await openShelf(spied, 'shelf');
    const one = shelved(2);
    await shelf.put(one.shelved, one.files);
    const writes = asked.filter(
      (transaction) => (transaction as { mode: string }).mode === 'readwrite',
    );
    expect(writes).toEqual([
      { stores: ['envelopes', 'files'], mode: 'readwrite', durability: 'strict' },
    ]);

    const database = await openByteDatabase(disk.indexedDB, 'shelf', []);
    const broken = database.write(['envelopes', 'files'], (store) => {
      store('files').put(new ArrayBuffer(1), 'half');
      throw new Error('killed in between');
    });
    await expect(broken).rejects.toThrow('killed in between');
    expect(await database.read('files', (store) => store.count())).toBe(2);
    database.close();
    shelf.close();
  });
});

function spyOnTransactions(indexedDB: IDBFactory, asked: unknown[]): IDBFactory {
  return new Proxy(indexedDB, {
    get(target, name) {
      if (name !== 'open') return Reflect.get(target, name);
      return (...args: [string, number?]) => {
        const opening = target.open(...args);
        opening.addEventListener('success', () => {
          const database = opening.result;
          const transaction = database.transaction.bind(database);
          database.transaction = (stores, mode = 'readonly', options) => {
            asked.push({ stores, mode, durability: options?.durability });
            return transaction(stores, mode, options);
          };
        });
        return opening;
      };
    },
  });
}
