import { type KeyVault, type Random, uuid } from '@tongban/core';
import type { PeekedVisit, VisitSpace } from '../device.ts';
import { openByteDatabase } from '../storage/bytes.ts';
import { type DatabaseFactory, durableDexie, openDatabase } from '../storage/database.ts';
import type { RowFormat } from '../storage/format.ts';
import { type App, visitDatabase, visitFilesDatabase, visitOf } from '../storage/names.ts';
import { type Rows, rowsOf } from '../storage/rows.ts';
import { databaseNames, deleteDatabases } from '../storage/wipe.ts';
import type { Locks } from '../surroundings/surroundings.ts';
import { createDraftStore, type DraftRow, filesStore, type HeldDraftStore } from './draftStore.ts';
import { createPool } from './pool.ts';

export interface Visits {
  open(id?: string): Promise<VisitSpace>;
  /** What lies in a visit, without taking it from the tab that has it; nothing once it has ended. */
  peek(id: string): Promise<PeekedVisit>;
  /** Visits whose key exists; at a kiosk or counter without those that another living tab has open. */
  left(): Promise<readonly string[]>;
  /** Drafts of those that this tab has open. */
  stores(): Promise<readonly HeldDraftStore[]>;
  /** Closes what is open, without ending it. */
  close(): Promise<void>;
}

export interface VisitsOptions {
  readonly app: App;
  readonly vault: KeyVault;
  readonly random: Random;
  readonly databases: DatabaseFactory;
  readonly locks: Locks;
  readonly format: RowFormat;
}

interface OpenVisit {
  readonly space: VisitSpace;
  readonly drafts: HeldDraftStore;
  peek(): Promise<PeekedVisit>;
  close(): Promise<void>;
}

/** Databases of visits; the lasting database has six collections, and RxDB allows thirteen in all ([S11]). */
const openAtOnce = 4;

/** Visits of this device. Deletes first what an interrupted end left behind: databases whose key is gone. */
export async function openVisits(options: VisitsOptions): Promise<Visits> {
  const { app, vault, random, locks } = options;
  const { indexedDB } = options.databases;
  const held = new Map<string, Promise<OpenVisit>>();
  /** What must end before the visit's database can be opened again in this tab. */
  const closing = new Map<string, Promise<void>>();
  const pooled = createPool(openAtOnce);

  // In this order: a visit that begins in another tab meanwhile has its key before it has a database.
  const names = await databaseNames(indexedDB);
  const alive = new Set(await vault.visits());
  await deleteDatabases(
    indexedDB,
    names.filter((name) => {
      const visit = visitOf(app, name);
      return visit !== undefined && !alive.has(visit);
    }),
  );

  async function openDrafts(id: string, key: CryptoKey) {
    const opened = await openDatabase({
      name: visitDatabase(app, id),
      storage: durableDexie(options.databases),
      key,
      random,
      collections: ['drafts'],
    });
    return {
      value: rowsOf<DraftRow>(opened.collections.drafts, options.format),
      close: opened.close,
    };
  }

  async function readDrafts(id: string): Promise<PeekedVisit> {
    const key = await vault.openVisitKey(id);
    if (key === undefined) return { drafts: [], newer: 0 };
    const database = pooled(() => openDrafts(id, key));
    try {
      return await database.use(peekInto);
    } finally {
      await database.close();
    }
  }

  async function peek(id: string): Promise<PeekedVisit> {
    const mine = held.get(id);
    if (mine !== undefined) return (await mine).peek();
    const before = closing.get(id);
    const reading = (before ?? Promise.resolve()).then(() => readDrafts(id));
    const done = reading.then(
      () => undefined,
      () => undefined,
    );
    closing.set(id, done);
    try {
      return await reading;
    } finally {
      if (closing.get(id) === done) closing.delete(id);
    }
  }

  async function openSpace(id: string, key: CryptoKey): Promise<OpenVisit> {
    const released = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const files = await openByteDatabase(indexedDB, visitFilesDatabase(app, id), [filesStore]);
    const database = pooled(() => openDrafts(id, key));
    // Now, so that whoever opens a visit hears of a browser that refuses storage.
    await database.use(async () => undefined);
    const drafts = createDraftStore(
      {
        get: (row) => database.use((rows) => rows.get(row)),
        all: () => database.use((rows) => rows.all()),
        update: (row, change) => database.use((rows) => rows.update(row, change)),
        remove: (ids) => database.use((rows) => rows.remove(ids)),
      },
      files,
    );
    let closed: Promise<void> | undefined;

    async function shut(): Promise<void> {
      await drafts.shut();
      await database.close();
      files.close();
      released.resolve();
      closing.delete(id);
    }
    function close(): Promise<void> {
      if (closed === undefined) {
        held.delete(id);
        closed = shut();
        closing.set(id, closed);
      }
      return closed;
    }

    const space: VisitSpace = {
      id,
      drafts,
      taken: taken.promise,
      async end() {
        const shutting = drafts.shut();
        // Without its key the rest is noise already, whatever becomes of the next steps.
        await vault.destroyVisitKey(id);
        await shutting;
        await close();
        const all = await databaseNames(indexedDB);
        await deleteDatabases(
          indexedDB,
          all.filter((name) => visitOf(app, name) === id),
        );
      },
    };

    /** [K6] Whoever opens a visit last has it: two tabs writing the same draft would undo each other's answers. */
    const granted = Promise.withResolvers<void>();
    locks
      .request(lockName(id), { steal: true }, () => {
        granted.resolve();
        return released.promise;
      })
      .catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
        taken.resolve();
        return close();
      });
    await granted.promise;
    return { space, drafts, peek: () => database.use(peekInto), close };
  }

  function lockName(id: string): string {
    return visitDatabase(app, id);
  }

  async function left(): Promise<readonly string[]> {
    const ids = await vault.visits();
    // A phone belongs to one person: a second tab shows the same applications, and may take them over.
    if (app === 'phone') return ids;
    const locked = new Set(((await locks.query()).held ?? []).map(({ name }) => name));
    return ids.filter((id) => held.has(id) || !locked.has(lockName(id)));
  }

  return {
    async open(id) {
      const visit = id ?? uuid(random);
      const opening =
        held.get(visit) ??
        (async () => {
          await closing.get(visit);
          const key =
            id === undefined ? await vault.createVisitKey(visit) : await vault.openVisitKey(visit);
          if (key === undefined) throw new Error('This visit has ended');
          return openSpace(visit, key);
        })();
      held.set(visit, opening);
      try {
        return (await opening).space;
      } catch (error) {
        held.delete(visit);
        throw error;
      }
    },
    peek,
    left,
    stores: async () => {
      const open = await Promise.allSettled(held.values());
      return open.flatMap((one) => (one.status === 'fulfilled' ? [one.value.drafts] : []));
    },
    async close() {
      for (const opening of [...held.values()]) await (await opening).close();
    },
  };
}

async function peekInto(rows: Pick<Rows<DraftRow>, 'all' | 'newer'>): Promise<PeekedVisit> {
  const [found, newer] = await Promise.all([rows.all(), rows.newer()]);
  return { drafts: found.map(({ draft }) => draft), newer: newer.length };
}
