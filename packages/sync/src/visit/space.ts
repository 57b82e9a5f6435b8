import { type KeyVault, type Random, uuid } from '@tongban/core';
import type { VisitSpace } from '../device.ts';
import { openByteDatabase } from '../storage/bytes.ts';
import { type DatabaseFactory, durableDexie, openDatabase } from '../storage/database.ts';
import { type App, visitDatabase, visitFilesDatabase, visitOf } from '../storage/names.ts';
import { rowsOf } from '../storage/rows.ts';
import { databaseNames, deleteDatabases } from '../storage/wipe.ts';
import { createDraftStore, filesStore } from './draftStore.ts';

export interface Visits {
  open(id?: string): Promise<VisitSpace>;
  left(): Promise<readonly string[]>;
  /** Closes what is open, without ending it. */
  close(): Promise<void>;
}

export interface VisitsOptions {
  readonly app: App;
  readonly vault: KeyVault;
  readonly random: Random;
  readonly databases: DatabaseFactory;
}

/** Visits of this device. Deletes first what an interrupted end left behind: databases whose key is gone. */
export async function openVisits(options: VisitsOptions): Promise<Visits> {
  const { app, vault, random, databases } = options;
  const { indexedDB } = databases;
  const open = new Map<string, { readonly space: Promise<VisitSpace>; close(): Promise<void> }>();

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
    const files = await openByteDatabase(indexedDB, visitFilesDatabase(app, id), [filesStore]);
    const database = await openDatabase({
      name: visitDatabase(app, id),
      storage: durableDexie(databases),
      key,
      random,
      collections: { drafts: [] },
    });
    async function close() {
      open.delete(id);
      await database.close();
      files.close();
    }
    const space: VisitSpace = {
      id,
      drafts: createDraftStore(rowsOf(database.collections.drafts), files),
      async end() {
        // Without its key the rest is noise already, whatever becomes of the next steps.
        await vault.destroyVisitKey(id);
        await close();
        await deleteVisit(id);
      },
    };
    return { space, close };
  }

  async function deleteVisit(id: string): Promise<void> {
    const all = await databaseNames(indexedDB);
    await deleteDatabases(
      indexedDB,
      all.filter((name) => visitOf(app, name) === id),
    );
  }

  return {
    open(id) {
      const known = id === undefined ? undefined : open.get(id);
      if (known !== undefined) return known.space;
      const visit = id ?? uuid(random);
      const opening = (async () => {
        const key =
          id === undefined ? await vault.createVisitKey(visit) : await vault.openVisitKey(visit);
        if (key === undefined) throw new Error('This visit has ended');
        return openSpace(visit, key);
      })();
      const entry = {
        space: opening.then(({ space }) => space),
        close: async () => (await opening).close(),
      };
      open.set(visit, entry);
      opening.catch(() => open.delete(visit));
      return entry.space;
    },
    left: () => vault.visits(),
    async close() {
      for (const entry of [...open.values()]) await entry.close();
    },
  };
}
