import { systemRandom } from '@tongban/core';
import {
  createRxDatabase,
  fillWithDefaultSettings,
  type RxCollection,
  type RxDatabase,
} from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, describe, expect, test } from 'vitest';
import { dump, emptyDisk, request, storageOfTab } from '../testing/disk.ts';
import { encryptedStorage } from './encrypted.ts';
import { type Row, type Rows, rowSchema, rowsOf } from './rows.ts';

interface Note extends Row {
  readonly shelf: string;
  readonly text: string;
}

const planted = '林知夏 320199 planted-7f3a';
const opened: RxDatabase[] = [];
/** As rows, and with a field that is indexed, which RxDB must find in clear. */
const schema = {
  ...rowSchema,
  properties: { ...rowSchema.properties, shelf: { type: 'string', maxLength: 100 } },
  required: ['id', 'shelf'],
  indexes: ['shelf'],
} as unknown as typeof rowSchema;

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

async function makeKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function openNotes(disk = emptyDisk(), key?: CryptoKey, tab = 'one') {
  const database = await createRxDatabase({
    name: 'notes-db',
    storage: encryptedStorage(storageOfTab(disk, tab), key ?? (await makeKey()), systemRandom),
    multiInstance: true,
  });
  opened.push(database);
  const collection = (await database.addCollections({ notes: { schema } }))
    .notes as unknown as RxCollection<Row>;
  const notes: Rows<Note> = rowsOf(collection);
  const query = (selector: object) =>
    collection.storageInstance.query(
      collection.find({ selector: selector as never }).getPreparedQuery(),
    );
  return { disk, database, collection, notes, query };
}

async function close(database: RxDatabase): Promise<void> {
  opened.splice(opened.indexOf(database), 1);
  await database.close();
}

function note(id: string, text = planted, shelf = 'a'): Note {
  return { id, shelf, text };
}

/** The stored document as it lies in IndexedDB, to be altered. */
async function alter(
  disk: ReturnType<typeof emptyDisk>,
  change: (documents: Record<string, Record<string, unknown>>) => void,
): Promise<void> {
  const raw = await request<IDBDatabase>(disk.indexedDB.open('rxdb-dexie-notes-db--0--notes'));
  const store = raw.transaction('docs', 'readwrite').objectStore('docs');
  const all = await request<Record<string, unknown>[]>(store.getAll());
  const byId = Object.fromEntries(all.map((document) => [String(document.id), document]));
  change(byId);
  await Promise.all(Object.values(byId).map((document) => request(store.put(document))));
  raw.close();
}

describe('encrypted storage', () => {
  test('[S1] nothing of a body lies in clear, only id, indexed fields and bookkeeping', async () => {
    const { disk, collection, notes } = await openNotes();
    await notes.update('n1', () => note('n1', planted, 'shelf-in-clear'));
    const [stored] = await collection.storageInstance.findDocumentsById(['n1'], false);
    expect(stored).toMatchObject({ text: planted });

    const bytes = await dump(disk.indexedDB);
    expect(bytes).toContain('shelf-in-clear');
    expect(bytes).not.toContain('planted-7f3a');
    expect(bytes).not.toContain('林知夏');
  });

  test('[S1] the same search finds the values where nothing is encrypted', async () => {
    const disk = emptyDisk();
    const raw = disk.indexedDB.open('plain', 1);
    raw.onupgradeneeded = () => raw.result.createObjectStore('docs', { keyPath: 'id' });
    const database = await request<IDBDatabase>(raw);
    await request(database.transaction('docs', 'readwrite').objectStore('docs').put(note('n1')));
    database.close();
    expect(await dump(disk.indexedDB)).toContain('林知夏 320199 planted-7f3a');
  });

  test('[S1] the same body never gives the same text', async () => {
    const { disk, notes } = await openNotes();
    await notes.update('n1', () => note('n1'));
    await notes.update('n2', () => note('n2'));
    let sealed: unknown[] = [];
    await alter(disk, (documents) => {
      sealed = Object.values(documents).map((document) => document.sealed);
    });
    expect(new Set(sealed).size).toBe(2);
  });

  test('[S1] a row is read back as it was written, after a restart too', async () => {
    const key = await makeKey();
    const first = await openNotes(emptyDisk(), key);
    await first.notes.update('n1', () => note('n1'));
    await close(first.database);
    const second = await openNotes(first.disk, key);
    expect(await second.notes.get('n1')).toEqual(note('n1'));
    expect((await second.query({ shelf: 'a' })).documents).toMatchObject([note('n1')]);
    expect((await second.query({ shelf: 'b' })).documents).toEqual([]);
  });

  test('[S2] [S8] a body moved to another document does not open, and holds up no other', async () => {
    const { disk, notes } = await openNotes();
    for (const id of ['n1', 'n2', 'n3']) await notes.update(id, () => note(id, `text of ${id}`));
    await alter(disk, ({ n1, n2 }) => {
      if (n1 !== undefined && n2 !== undefined) n1.sealed = n2.sealed;
    });
    expect(await notes.get('n1')).toBeUndefined();
    expect((await notes.all()).map(({ id }) => id)).toEqual(['n2', 'n3']);
  });

  test('[S2] [S8] one altered character is noticed', async () => {
    const key = await makeKey();
    const { disk, database, notes } = await openNotes(emptyDisk(), key);
    await notes.update('n1', () => note('n1'));
    await alter(disk, ({ n1 }) => {
      const sealed = String(n1?.sealed);
      const other = sealed.at(40) === 'A' ? 'B' : 'A';
      if (n1 !== undefined) n1.sealed = `${sealed.slice(0, 40)}${other}${sealed.slice(41)}`;
    });
    expect(await notes.get('n1')).toBeUndefined();
    await close(database);
    const again = await openNotes(disk, key);
    await again.notes.update('n1', (row) => row ?? note('n1', 'written anew'));
    expect((await again.notes.get('n1'))?.text).toBe('written anew');
  });

  test('[S8] with another key the database opens, its rows are left out, and new ones can be written', async () => {
    const first = await openNotes();
    await first.notes.update('n1', () => note('n1'));
    await close(first.database);
    const second = await openNotes(first.disk, await makeKey());
    expect(await second.notes.all()).toEqual([]);
    expect(await second.notes.update('n2', () => note('n2'))).toEqual({
      ok: true,
      value: note('n2'),
    });
    expect(await second.notes.all()).toEqual([note('n2')]);
  });

  test('[S3] who awaits a write has seen its event', async () => {
    const { notes } = await openNotes();
    const seen: string[] = [];
    notes.watch((id, row) => seen.push(`${id}:${row?.text ?? 'gone'}`));
    await notes.update('n1', () => note('n1', 'first'));
    expect(seen).toEqual(['n1:first']);
    await notes.remove(['n1']);
    expect(seen).toEqual(['n1:first', 'n1:gone']);
  });

  test('[S3] an event that takes long to open is not overtaken by the next', async () => {
    const memory = getRxStorageMemory();
    const params = {
      databaseName: 'order',
      databaseInstanceToken: 'order',
      collectionName: 'notes',
      schema: fillWithDefaultSettings(rowSchema) as never,
      options: {},
      multiInstance: false,
      devMode: false,
    };
    const sealed = await encryptedStorage(
      memory,
      await makeKey(),
      systemRandom,
    ).createStorageInstance<Note>(params);
    // The same documents without the wrapper, so that writing them again costs no time at all.
    const plain = await memory.createStorageInstance<Note>(params);
    const rows = [1_500_000, 10, 20].map((length, index) => ({
      document: {
        ...note(`n${index}`, 'x'.repeat(length)),
        _attachments: {},
        _deleted: false,
        _meta: { lwt: 1 },
        _rev: '1-a',
      },
    }));
    await sealed.bulkWrite(rows, 'test');
    const stored = await plain.findDocumentsById(
      rows.map((row) => row.document.id),
      false,
    );
    const seen: string[] = [];
    const all = Promise.withResolvers<void>();
    sealed.changeStream().subscribe(({ events }) => {
      seen.push(...events.map((event) => event.documentId));
      if (seen.length === 3) all.resolve();
    });
    for (const previous of stored.toSorted((x, y) => x.id.localeCompare(y.id))) {
      await plain.bulkWrite([{ previous, document: { ...previous, _rev: '2-a' } }], 'test');
    }
    await all.promise;
    expect(seen).toEqual(['n0', 'n1', 'n2']);
    await sealed.close();
    await plain.close();
  });

  test('[S7] a query on an encrypted field throws', async () => {
    const { notes, query } = await openNotes();
    await notes.update('n1', () => note('n1'));
    await expect(query({ text: planted })).rejects.toThrow('encrypted field "text"');
    await expect(query({ $or: [{ shelf: 'a' }, { text: 'b' }] })).rejects.toThrow(
      'encrypted field "text"',
    );
  });

  test('[S1] only the list of collections lies in clear, and names no value', async () => {
    const { disk, notes } = await openNotes();
    await notes.update('n1', () => note('n1'));
    const raw = await request<IDBDatabase>(
      disk.indexedDB.open('rxdb-dexie-notes-db--0--_rxdb_internal'),
    );
    const stored = await request<{ context: string }[]>(
      raw.transaction('docs', 'readonly').objectStore('docs').getAll(),
    );
    raw.close();
    expect(new Set(stored.map(({ context }) => context))).toEqual(
      new Set(['collection', 'storage-token']),
    );
  });
});
