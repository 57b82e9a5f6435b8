import { type KeyVault, type Random, uuid } from '@tongban/core';
import type { VisitSpace } from '../device.ts';
import { openByteDatabase } from '../storage/bytes.ts';
import { type DatabaseFactory, durableDexie, openDatabase } from '../storage/database.ts';
import { type App, visitDatabase, visitFilesDatabase, visitOf } from '../storage/names.ts';
import { rowsOf } from '../storage/rows.ts';
import { databaseNames, deleteDatabases } from '../storage/wipe.ts';
import type { Locks } from '../surroundings/surroundings.ts';
import { createDraftStore, filesStore } from './draftStore.ts';

export interface Visits {
  open(id?: string): Promise<VisitSpace>;
  /** Visits with a key that no living tab has open. */
  left(): Promise<readonly string[]>;
  /** All visits with a key. */
  all(): Promise<readonly { readonly id: string; readonly open: boolean }[]>;
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
        return close();
      });
    await granted.promise;
    return { space, close };
  }

  function lockName(id: string): string {
    return visitDatabase(app, id);
  }

  async function all() {
    const { held: locked } = await locks.query();
    const lockedNames = new Set((locked ?? []).map(({ name }) => name));
    return (await vault.visits()).map((id) => ({ id, open: lockedNames.has(lockName(id)) }));
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
        close: async () => (await opening).close(),
      };
      held.set(visit, entry);
      opening.catch(() => held.delete(visit));
      return entry.space;
    },
    left: async () => (await all()).filter(({ open }) => !open).map(({ id }) => id),
    all,
    async close() {
      for (const entry of [...held.values()]) await entry.close();
    },
  };
}
