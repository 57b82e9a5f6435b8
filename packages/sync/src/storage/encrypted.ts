import type { Random } from '@tongban/core';
import {
  type BulkWriteRow,
  type EventBulk,
  INTERNAL_STORAGE_NAME,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
  type RxStorageChangeEvent,
  type RxStorageInstance,
  type RxStorageWriteError,
  wrapRxStorageInstance,
} from 'rxdb';
import { Subject } from 'rxjs';
import { openJson, sealJson } from './cipher.ts';

// biome-ignore lint/suspicious/noExplicitAny: RxDB's storage types are generic over a document we do not know here.
type Doc = any;
type Bulk = EventBulk<RxStorageChangeEvent<Doc>, unknown>;

/** Set on a document whose body did not open. It keeps only what lay in clear. */
export const damagedMark = 'damaged';

/**
 * Puts AES-256-GCM between RxDB and its storage. In clear stay the primary key, the indexed fields and RxDB's own
 * bookkeeping; everything else is one sealed text. Queries can therefore use only clear fields; another field throws,
 * where it would otherwise find nothing. RxDB's own list of collections stays in clear: it names schemas, no person,
 * and a lost key must not keep the database from opening.
 */
export function encryptedStorage<Internals, Options>(
  storage: RxStorage<Internals, Options>,
  key: CryptoKey,
  random: Random,
): RxStorage<Internals, Options> {
  return {
    name: `sealed-${storage.name}`,
    rxdbVersion: storage.rxdbVersion,
    async createStorageInstance(params) {
      if (params.collectionName === INTERNAL_STORAGE_NAME) {
        return storage.createStorageInstance(params);
      }
      const clear = clearFields(params.schema);
      const inner = await storage.createStorageInstance<Doc>({
        ...params,
        schema: sealedSchema(params.schema, clear),
      });
      return wrap(inner, params.schema, clear, key, random) as never;
    },
  };
}

function wrap(
  inner: RxStorageInstance<Doc, unknown, unknown>,
  schema: RxJsonSchema<Doc>,
  clear: ReadonlySet<string>,
  key: CryptoKey,
  random: Random,
) {
  const primary =
    typeof schema.primaryKey === 'string' ? schema.primaryKey : String(schema.primaryKey.key);
  const place = (id: string) => [inner.databaseName, inner.collectionName, id];

  // Who writes gives the previous document too, and hears of its own write: both were sealed or opened already.
  const sealedOf = new WeakMap<object, Doc>();
  const openedOf = new WeakMap<object, Doc>();
  function remember(plain: Doc, stored: Doc): void {
    sealedOf.set(plain, stored);
    openedOf.set(stored, plain);
  }

  async function toStorage(doc: RxDocumentData<Doc>): Promise<Doc> {
    const known = sealedOf.get(doc);
    if (known !== undefined) return known;
    const stored: Doc = {};
    const body: Doc = {};
    for (const [field, value] of Object.entries(doc)) {
      if (field.startsWith('_')) stored[field] = value;
      else {
        body[field] = value;
        if (clear.has(field)) stored[field] = value;
      }
    }
    stored.sealed = await sealJson(body, place(doc[primary]), key, random);
    remember(doc, stored);
    return stored;
  }

  async function fromStorage(stored: Doc): Promise<Doc> {
    if (stored === undefined || stored === null) return stored;
    const known = openedOf.get(stored);
    if (known !== undefined) return known;
    const { sealed, ...visible } = stored;
    const body = await openJson(sealed, place(stored[primary]), key);
    if (body === undefined) return { ...visible, [damagedMark]: true };
    const plain = { ...visible, ...(body as object) };
    remember(plain, stored);
    return plain;
  }

  const wrapped = wrapRxStorageInstance<Doc>(schema, inner, toStorage, fromStorage);

  // RxDB's wrapper opens events side by side, so that a later one can overtake an earlier one. Here they queue.
  const events = new Subject<Bulk>();
  let delivered: Promise<void> = Promise.resolve();
  const subscription = inner.changeStream().subscribe((bulk: Bulk) => {
    delivered = delivered.then(async () => {
      const opened = await Promise.all(
        bulk.events.map(async (event) => ({
          ...event,
          documentData: await fromStorage(event.documentData),
          previousDocumentData: await fromStorage(event.previousDocumentData),
        })),
      );
      events.next({ ...bulk, events: opened });
    });
  });

  async function bulkWrite(rows: BulkWriteRow<Doc>[], context: string) {
    const sealed = await Promise.all(
      rows.map(async (row) => {
        const document = await toStorage(row.document);
        return row.previous === undefined
          ? { document }
          : { previous: await toStorage(row.previous), document };
      }),
    );
    const result = await inner.bulkWrite(sealed, context);
    const original = new Map(rows.map((row) => [row.document[primary], row]));
    const error = await Promise.all(
      result.error.map(async (found): Promise<RxStorageWriteError<Doc>> => {
        const writeRow = original.get(found.documentId) ?? found.writeRow;
        if (found.status !== 409) return { ...found, writeRow };
        return { ...found, writeRow, documentInDb: await fromStorage(found.documentInDb) };
      }),
    );
    // RxDB relies on it: whoever awaits the write has seen its event.
    await delivered;
    return { error };
  }

  function query(prepared: PreparedQuery<Doc>) {
    for (const field of queriedFields(prepared)) {
      if (!clear.has(field)) {
        throw new Error(`Query on the encrypted field "${field}" of "${inner.collectionName}"`);
      }
    }
    return prepared;
  }

  return Object.assign(wrapped, {
    bulkWrite,
    changeStream: () => events.asObservable(),
    query: (
      (plain) => async (prepared: PreparedQuery<Doc>) =>
        plain(query(prepared))
    )(wrapped.query),
    count: (
      (plain) => async (prepared: PreparedQuery<Doc>) =>
        plain(query(prepared))
    )(wrapped.count),
    async close() {
      subscription.unsubscribe();
      await delivered;
      events.complete();
      await inner.close();
    },
    async remove() {
      subscription.unsubscribe();
      await delivered;
      events.complete();
      await inner.remove();
    },
  });
}

/** Primary key with its parts, indexed fields. RxDB's bookkeeping begins with an underscore and is clear anyway. */
function clearFields(schema: RxJsonSchema<Doc>): ReadonlySet<string> {
  const { primaryKey } = schema;
  const keys =
    typeof primaryKey === 'string'
      ? [primaryKey]
      : [String(primaryKey.key), ...primaryKey.fields.map(String)];
  const indexed = (schema.indexes ?? []).flat().map(String);
  return new Set([
    ...keys,
    ...indexed.map((path) => path.split('.')[0] ?? path),
    '_deleted',
    '_meta',
    '_rev',
  ]);
}

/** What the storage below is told: it knows only the clear fields and one sealed text. */
function sealedSchema(schema: RxJsonSchema<Doc>, clear: ReadonlySet<string>): RxJsonSchema<Doc> {
  const properties = Object.fromEntries(
    Object.entries(schema.properties).filter(
      ([field]) => field.startsWith('_') || clear.has(field),
    ),
  );
  return {
    ...schema,
    properties: { ...properties, sealed: { type: 'string' } },
    required: [...(schema.required ?? []).filter((field) => String(field) in properties), 'sealed'],
  } as RxJsonSchema<Doc>;
}

function* queriedFields(prepared: PreparedQuery<Doc>): Generator<string> {
  yield* selectedFields(prepared.query.selector);
  for (const part of prepared.query.sort ?? []) yield* Object.keys(part).map(topLevel);
}

function* selectedFields(selector: unknown): Generator<string> {
  if (typeof selector !== 'object' || selector === null) return;
  for (const [name, value] of Object.entries(selector)) {
    if (name === '$and' || name === '$or' || name === '$nor') {
      for (const part of value as readonly unknown[]) yield* selectedFields(part);
    } else if (!name.startsWith('$')) {
      yield topLevel(name);
    }
  }
}

function topLevel(path: string): string {
  return path.split('.')[0] ?? path;
}
