import { ok, type Result, type StoreFailure } from '@tongban/core';
import type { RxCollection, RxDocumentData, RxJsonSchema } from 'rxdb';
import { damagedMark } from './encrypted.ts';
import { attempt } from './failure.ts';
import { type Body, firstFormat, fromStored, type RowFormat, toStored } from './format.ts';
import { inGroups } from './groups.ts';

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
  /**
   * Reads, changes, writes, as often as another tab gets in between. `change` returns `undefined` to leave the row as
   * it is. Resolves with what is on the disk afterwards.
   */
  update(
    id: string,
    change: (row: R | undefined) => R | undefined,
  ): Promise<Result<R | undefined, StoreFailure>>;
  /** The same for many rows in one transaction; those that another tab got in between are tried again by themselves. */
  updateAll(
    ids: readonly string[],
    change: (id: string, row: R | undefined) => R | undefined,
  ): Promise<Result<void, StoreFailure>>;
  remove(ids: readonly string[]): Promise<Result<void, StoreFailure>>;
  /** Every write, of this tab and the others; `undefined` for a removed row. What is not known here is no news. */
  watch(listener: (id: string, row: R | undefined) => void): () => void;
}

/** Schema of every collection of rows: only the id is a field of its own. */
export const rowSchema: RxJsonSchema<Row> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 100 } },
  required: ['id'],
  indexes: [],
};

type Stored = RxDocumentData<Row>;

/** A change of one row that is to be made. */
interface Asked<R extends Row> {
  readonly id: string;
  readonly change: (row: R | undefined) => Row | undefined;
}

interface AskedAlone<R extends Row> extends Asked<R> {
  readonly answer: PromiseWithResolvers<R | undefined>;
}

export function rowsOf<R extends Row>(
  collection: RxCollection<Row>,
  format: RowFormat = firstFormat,
): Rows<R> {
  const storage = collection.storageInstance;
  /** The newest revision of each row that was written here alone, so that the next write need not read it first. */
  const newest = new Map<string, Stored | undefined>();
  storage.changeStream().subscribe((bulk) => {
    for (const { documentId, documentData } of bulk.events)
      if (newest.has(documentId)) newest.set(documentId, documentData as Stored);
  });

  async function stored(ids: readonly string[]): Promise<Map<string, Stored | undefined>> {
    const found = ids.length === 0 ? [] : await storage.findDocumentsById([...ids], true);
    return new Map(found.map((one) => [one.id, one]));
  }

  function rowToWrite(previous: Stored | undefined, next: Row, deleted: boolean) {
    const document = {
      ...(deleted ? next : toStored(next, format)),
      _deleted: deleted,
      _attachments: {},
      _meta: previous?._meta ?? { lwt: 1 },
      _rev: previous?._rev ?? '',
    } as Stored;
    return previous === undefined ? { document } : { previous, document };
  }

  /** Makes the changes in one transaction, and those that another tab got in between again of what is there then. */
  async function write<A extends Asked<R>>(
    all: Iterable<A>,
    there: Map<string, Stored | undefined>,
    { deleted, done }: { readonly deleted: boolean; done(asked: A, row: Row | undefined): void },
  ): Promise<void> {
    let left = [...all];
    while (left.length > 0) {
      const changes: { readonly asked: A; readonly next: Row }[] = [];
      for (const asked of left) {
        const row = rowOf(there.get(asked.id));
        const next = asked.change(row);
        if (next === undefined) done(asked, row);
        else changes.push({ asked, next });
      }
      if (changes.length === 0) return;
      const { error } = await storage.bulkWrite(
        changes.map(({ asked, next }) => rowToWrite(there.get(asked.id), next, deleted)),
        'tongban-rows',
      );
      const moved = new Set<string>();
      for (const failed of error) {
        if (failed.status !== 409)
          throw new Error(`Row ${failed.documentId} was not written: ${failed.status}`);
        there.set(failed.documentId, failed.documentInDb);
        moved.add(failed.documentId);
      }
      for (const { asked, next } of changes) if (!moved.has(asked.id)) done(asked, next);
      left = changes.flatMap(({ asked }) => (moved.has(asked.id) ? [asked] : []));
    }
  }

  const ask = inGroups<AskedAlone<R>>(
    async (group) => {
      const there = await stored([...group].flatMap(({ id }) => (newest.has(id) ? [] : [id])));
      for (const { id } of group) {
        if (newest.has(id)) there.set(id, newest.get(id));
        else newest.set(id, there.get(id));
      }
      await write(group, there, {
        deleted: false,
        done(asked, row) {
          group.delete(asked);
          asked.answer.resolve(row as R | undefined);
        },
      });
    },
    ({ answer }, error) => answer.reject(error),
  );

  async function writeAll(
    ids: readonly string[],
    change: (id: string, row: R | undefined) => Row | undefined,
    deleted: boolean,
  ): Promise<void> {
    const all = ids.map((id): Asked<R> => ({ id, change: (row) => change(id, row) }));
    await write(all, await stored(ids), { deleted, done: () => undefined });
  }

  async function documents(): Promise<readonly Stored[]> {
    const query = collection.find();
    return (await storage.query(query.getPreparedQuery())).documents;
  }

  function rowOf(document: Stored | undefined): R | undefined {
    const body = bodyOf(document);
    return body && (fromStored(body, format) as R | undefined);
  }

  return {
    get: async (id) => rowOf((await stored([id])).get(id)),
    all: async () => (await documents()).map(rowOf).filter((row) => row !== undefined),
    async newer() {
      const foreign = (await documents()).filter(
        (document) => bodyOf(document) !== undefined && rowOf(document) === undefined,
      );
      return foreign.map(({ id }) => id);
    },
    update: (id, change) =>
      attempt(async () => {
        const answer = Promise.withResolvers<R | undefined>();
        ask({ id, change, answer });
        return ok(await answer.promise);
      }),
    updateAll: (ids, change) => attempt(async () => ok(await writeAll(ids, change, false))),
    remove: (ids) => attempt(async () => ok(await writeAll(ids, (id, row) => row && { id }, true))),
    watch(listener) {
      const subscription = storage.changeStream().subscribe((bulk) => {
        for (const { documentId, documentData } of bulk.events) {
          const document = documentData as Stored;
          const row = rowOf(document);
          if (row !== undefined || bodyOf(document) === undefined) listener(documentId, row);
        }
      });
      return () => subscription.unsubscribe();
    },
  };
}

/** What was written; `undefined` for a row that is removed or does not open. */
function bodyOf(document: Stored | undefined): Body | undefined {
  if (document === undefined || document._deleted || damagedMark in document) return undefined;
  const { _deleted, _attachments, _meta, _rev, ...body } = document;
  return body as Body;
}
