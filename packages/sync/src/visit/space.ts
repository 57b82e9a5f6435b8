import { type KeyVault, type Random, uuid } from '@tongban/core';
import type { VisitSpace } from '../device.ts';
import { openByteDatabase } from '../storage/bytes.ts';
import { type DatabaseFactory, durableDexie, openDatabase } from '../storage/database.ts';
import { type App, visitDatabase, visitFilesDatabase, visitOf } from '../storage/names.ts';
import { rowsOf } from '../storage/rows.ts';
import { databaseNames, deleteDatabases } from '../storage/wipe.ts';
import type { Locks } from '../surroundings/surroundings.ts';
import { createDraftStore, filesStore, type HeldDraftStore } from './draftStore.ts';

export interface Visits {
  open(id?: string): Promise<VisitSpace>;
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
}

interface Held {
  readonly space: Promise<VisitSpace>;
  readonly drafts: Promise<HeldDraftStore>;
  close(): Promise<void>;
}

/** Visits of this device. Deletes first what an interrupted end left behind: databases whose key is gone. */
export async function openVisits(options: VisitsOptions): Promise<Visits> {
  const { app, vault, random, locks } = options;
  const { indexedDB } = options.databases;
  const held = new Map<string, Held>();
  const closing = new Map<string, Promise<void>>();

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

  async function openSpace(id: string, key: CryptoKey) {
    const released = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const files = await openByteDatabase(indexedDB, visitFilesDatabase(app, id), [filesStore]);
    const database = await openDatabase({
      name: visitDatabase(app, id),
      storage: durableDexie(options.databases),
      key,
      random,
      collections: { drafts: [] },
    });
    const drafts = createDraftStore(rowsOf(database.collections.drafts), files);
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
    return { space, drafts, close };
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
    open(id) {
      const known = id === undefined ? undefined : held.get(id);
      if (known !== undefined) return known.space;
      const visit = id ?? uuid(random);
      const opening = (async () => {
        await closing.get(visit);
        const key =
          id === undefined ? await vault.createVisitKey(visit) : await vault.openVisitKey(visit);
        if (key === undefined) throw new Error('This visit has ended');
        return openSpace(visit, key);
      })();
      const entry: Held = {
        space: opening.then(({ space }) => space),
        drafts: opening.then(({ drafts }) => drafts),
        close: async () => (await opening).close(),
      };
      held.set(visit, entry);
      opening.catch(() => held.delete(visit));
      return entry.space;
    },
    left,
    stores: async () => Promise.all([...held.values()].map(({ drafts }) => drafts)),
    async close() {
      for (const entry of [...held.values()]) await entry.close();
    },
  };
}
