import { err, ok, type Result, type StoreFailure } from '@tongban/core';
import type { RxCollection, RxDocumentData, RxJsonSchema } from 'rxdb';
import { damagedMark } from './encrypted.ts';
import { storeFailure } from './failure.ts';
import { type Body, firstFormat, fromStored, type RowFormat, toStored } from './format.ts';

export interface Row {
  readonly id: string;
}

/**
 * Rows of one collection. Written through the collection's storage, one transaction a write: RxDB's `upsert` takes two
 * for an existing document, and after one failed write its `incrementalUpsert` refuses that document for ever.
 */
export interface Rows<R extends Row> {
  get(id: string): Promise<R | undefined>;
  /** Rows whose body does not open, or is of a newer format, are left out. */
  all(): Promise<readonly R[]>;
  /** Ids of those that a newer app wrote in a format that is not known here. */
  newer(): Promise<readonly string[]>;
  where(selector: Readonly<Record<string, string>>): Promise<readonly R[]>;
  /**
   * Reads, changes, writes, as often as another tab gets in between. `change` returns `undefined` to leave the row as
   * it is. Resolves with what is on the disk afterwards.
   */
  update(
    id: string,
    change: (row: R | undefined) => R | undefined,
  ): Promise<Result<R | undefined, StoreFailure>>;
  remove(ids: readonly string[]): Promise<Result<void, StoreFailure>>;
  /** Every write, of this tab and the others; `undefined` for a removed row. What is not known here is no news. */
  watch(listener: (id: string, row: R | undefined) => void): () => void;
}

/** Schema of a collection of rows. What is named in `indexed` lies in clear: never personal data. */
export function rowSchema(indexed: readonly string[] = []): RxJsonSchema<Row> {
  const text = { type: 'string', maxLength: 100 } as const;
  return {
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: {
      id: text,
      ...Object.fromEntries(indexed.map((field) => [field, text])),
    },
    required: ['id', ...indexed] as never,
    indexes: [...indexed],
  };
}

export function rowsOf<R extends Row>(
  collection: RxCollection<Row>,
  format: RowFormat = firstFormat,
): Rows<R> {
  const storage = collection.storageInstance;
  /** The newest revision of each row that was written here, so that the next write need not read it first. */
  const newest = new Map<string, RxDocumentData<Row> | undefined>();
  storage.changeStream().subscribe((bulk) => {
    for (const event of bulk.events) {
      if (newest.has(event.documentId)) {
        newest.set(event.documentId, event.documentData as RxDocumentData<Row>);
      }
    }
  });

  async function stored(id: string): Promise<RxDocumentData<Row> | undefined> {
    const [found] = await storage.findDocumentsById([id], true);
    return found;
  }

  async function write(
    id: string,
    change: (row: R | undefined) => Row | undefined,
    deleted: boolean,
  ): Promise<Result<R | undefined, StoreFailure>> {
    try {
      let previous = newest.has(id) ? newest.get(id) : await stored(id);
      for (;;) {
        const next = change(rowOf(previous));
        if (next === undefined) return ok(rowOf(previous));
        newest.set(id, previous);
        const document = {
          ...(deleted ? next : toStored(next, format)),
          _deleted: deleted,
          _attachments: {},
          _meta: previous?._meta ?? { lwt: 1 },
          _rev: previous?._rev ?? '',
        } as RxDocumentData<Row>;
        const row = previous === undefined ? { document } : { previous, document };
        const [failed] = (await storage.bulkWrite([row], 'tongban-rows')).error;
        if (failed === undefined) return ok(deleted ? undefined : (next as R));
        if (failed.status !== 409) throw new Error(`Row ${id} was not written: ${failed.status}`);
        previous = failed.documentInDb;
      }
    } catch (error) {
      const failure = storeFailure(error);
      if (failure === undefined) throw error;
      return err(failure);
    }
  }

  return {
    async get(id) {
      return rowOf(await stored(id));
    },
    all: () => find({}),
    async newer() {
      const foreign = (await documents({})).filter(
        (document) => bodyOf(document) !== undefined && rowOf(document) === undefined,
      );
      return foreign.map(({ id }) => id);
    },
    where: find,
    update: (id, change) => write(id, change, false),
    async remove(ids) {
      for (const id of ids) {
        const removed = await write(id, (row) => (row === undefined ? undefined : { id }), true);
        if (!removed.ok) return removed;
      }
      return ok(undefined);
    },
    watch(listener) {
      const subscription = storage.changeStream().subscribe((bulk) => {
        for (const { documentId, documentData } of bulk.events) {
          const document = documentData as RxDocumentData<Row>;
          const row = rowOf(document);
          if (row !== undefined || document._deleted || damagedMark in document)
            listener(documentId, row);
        }
      });
      return () => subscription.unsubscribe();
    },
  };

  async function documents(selector: Readonly<Record<string, string>>) {
    const query = collection.find({ selector: selector as never });
    return (await storage.query(query.getPreparedQuery())).documents;
  }

  async function find(selector: Readonly<Record<string, string>>): Promise<readonly R[]> {
    return (await documents(selector)).map(rowOf).filter((row) => row !== undefined);
  }

  function rowOf(document: RxDocumentData<Row> | undefined): R | undefined {
    const body = bodyOf(document);
    return body && (fromStored(body, format) as R | undefined);
  }
}

function bodyOf(document: RxDocumentData<Row> | undefined): Body | undefined {
  if (document === undefined || document._deleted || damagedMark in document) return undefined;
  const { _deleted, _attachments, _meta, _rev, ...body } = document;
  return body as Body;
}
