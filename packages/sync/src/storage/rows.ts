import { ok, type Result, type StoreFailure } from '@tongban/core';
import type { RxCollection, RxDocumentData, RxJsonSchema } from 'rxdb';
import { damagedMark } from './encrypted.ts';
import { attempt } from './failure.ts';
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
  /** The same for many rows in one transaction; those that another tab got in between are tried again by themselves. */
  updateAll(
    ids: readonly string[],
    change: (id: string, row: R | undefined) => R | undefined,
  ): Promise<Result<void, StoreFailure>>;
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

type Stored = RxDocumentData<Row>;

interface Change {
  readonly previous: Stored | undefined;
  readonly next: Row;
}

export function rowsOf<R extends Row>(
  collection: RxCollection<Row>,
  format: RowFormat = firstFormat,
): Rows<R> {
  const storage = collection.storageInstance;
  /** The newest revision of each row that was written here, so that the next write need not read it first. */
  const newest = new Map<string, Stored | undefined>();
  storage.changeStream().subscribe((bulk) => {
    for (const event of bulk.events) {
      if (newest.has(event.documentId)) {
        newest.set(event.documentId, event.documentData as Stored);
      }
    }
  });

  async function stored(id: string): Promise<Stored | undefined> {
    const [found] = await storage.findDocumentsById([id], true);
    return found;
  }

  function rowToWrite({ previous, next }: Change, deleted: boolean) {
    const document = {
      ...(deleted ? next : toStored(next, format)),
      _deleted: deleted,
      _attachments: {},
      _meta: previous?._meta ?? { lwt: 1 },
      _rev: previous?._rev ?? '',
    } as Stored;
    return previous === undefined ? { document } : { previous, document };
  }

  /** Writes in one transaction. What another tab changed in between is not written; it comes back as it is there now. */
  async function writeOnce(
    changes: readonly Change[],
    deleted: boolean,
  ): Promise<readonly Stored[]> {
    const rows = changes.map((change) => rowToWrite(change, deleted));
    const { error } = await storage.bulkWrite(rows, 'tongban-rows');
    return error.map((failed) => {
      if (failed.status !== 409)
        throw new Error(`Row ${failed.documentId} was not written: ${failed.status}`);
      return failed.documentInDb;
    });
  }

  interface Asked {
    readonly id: string;
    readonly change: (row: R | undefined) => R | undefined;
    readonly answer: (row: R | undefined) => void;
    readonly fail: (error: unknown) => void;
  }

  /** What waits to be written, in the order in which it was asked for. */
  let waiting: Asked[] = [];
  let writing = false;

  /** What is asked for while a transaction is under way goes into the next one together: the disk is waited for once. */
  function update(
    id: string,
    change: (row: R | undefined) => R | undefined,
  ): Promise<R | undefined> {
    const answered = new Promise<R | undefined>((answer, fail) => {
      waiting.push({ id, change, answer, fail });
    });
    if (!writing) void writeWaiting();
    return answered;
  }

  async function writeWaiting(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = new Set(firstOfEach(waiting));
      waiting = waiting.filter((one) => !group.has(one));
      try {
        await writeGroup(group);
      } catch (error) {
        // One of them may be what the disk refuses: those that have no answer yet are asked for each by itself.
        const [only, ...others] = group;
        if (others.length === 0) only?.fail(error);
        else for (const one of [...group]) await writeGroup(new Set([one])).catch(one.fail);
      }
    }
    writing = false;
  }

  /** Answers those of the group whose change is on the disk, and takes them out of it. */
  async function writeGroup(group: Set<Asked>): Promise<void> {
    const unread = [...group].flatMap(({ id }) => (newest.has(id) ? [] : [id]));
    const read = unread.length === 0 ? [] : await storage.findDocumentsById(unread, true);
    const there = new Map<string, Stored | undefined>(read.map((one) => [one.id, one]));
    for (const { id } of group) if (newest.has(id)) there.set(id, newest.get(id));
    const answer = (asked: Asked, row: R | undefined) => {
      group.delete(asked);
      asked.answer(row);
    };
    while (group.size > 0) {
      const changes = new Map<Asked, Change>();
      for (const asked of [...group]) {
        const previous = there.get(asked.id);
        const next = asked.change(rowOf(previous));
        if (next === undefined) answer(asked, rowOf(previous));
        else {
          newest.set(asked.id, previous);
          changes.set(asked, { previous, next });
        }
      }
      if (changes.size === 0) return;
      const moved = new Map(
        (await writeOnce([...changes.values()], false)).map((one) => [one.id, one]),
      );
      for (const [asked, { next }] of changes) {
        if (moved.has(asked.id)) there.set(asked.id, moved.get(asked.id));
        else answer(asked, next as R);
      }
    }
  }

  async function writeAll(
    ids: readonly string[],
    change: (id: string, row: R | undefined) => Row | undefined,
    deleted: boolean,
  ): Promise<void> {
    let left = ids;
    const there = new Map(
      (await storage.findDocumentsById([...ids], true)).map((one) => [one.id, one]),
    );
    while (left.length > 0) {
      const changes = left.flatMap((id) => {
        const previous = there.get(id);
        const next = change(id, rowOf(previous));
        return next === undefined ? [] : [{ previous, next }];
      });
      if (changes.length === 0) return;
      const moved = await writeOnce(changes, deleted);
      for (const one of moved) there.set(one.id, one);
      left = moved.map(({ id }) => id);
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
    update: (id, change) => attempt(async () => ok(await update(id, change))),
    updateAll: (ids, change) => attempt(async () => ok(await writeAll(ids, change, false))),
    remove: (ids) =>
      attempt(async () =>
        ok(await writeAll(ids, (id, row) => (row === undefined ? undefined : { id }), true)),
      ),
    watch(listener) {
      const subscription = storage.changeStream().subscribe((bulk) => {
        for (const { documentId, documentData } of bulk.events) {
          const document = documentData as Stored;
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

  function rowOf(document: Stored | undefined): R | undefined {
    const body = bodyOf(document);
    return body && (fromStored(body, format) as R | undefined);
  }
}

/** The first that each row is asked for; the next change of a row is made of what the first leaves. */
function firstOfEach<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.toReversed().map((one) => [one.id, one])).values()].toReversed();
}

function bodyOf(document: Stored | undefined): Body | undefined {
  if (document === undefined || document._deleted || damagedMark in document) return undefined;
  const { _deleted, _attachments, _meta, _rev, ...body } = document;
  return body as Body;
}
