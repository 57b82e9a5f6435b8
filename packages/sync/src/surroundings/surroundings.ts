import type { RxStorage } from 'rxdb';
import { type DatabaseFactory, durableDexie } from '../storage/database.ts';
import { type Formats, formats } from '../storage/formats.ts';
import { systemTimer, type Timer } from './timer.ts';

/** Web Locks, as far as they are used here. */
export type Locks = Pick<LockManager, 'request' | 'query'>;

export type Hint = 'visible' | 'online' | 'offline';

/** What a page finds around it. The browser's own by default; tests and other places hand in theirs. */
export interface Surroundings {
  readonly timer: Timer;
  readonly locks: Locks;
  readonly databases: DatabaseFactory;
  readonly storage: RxStorage<unknown, unknown>;
  /** How rows are written; tests play other releases of the app. */
  readonly formats: Formats;
  /** The page is looked at again, or the browser believes the network came or went. Hints, nothing more. */
  readonly onHint: (listener: (hint: Hint) => void) => () => void;
  /** A channel to the other tabs of this browser. */
  readonly channel: (name: string) => BroadcastChannel;
  readonly estimate: () => Promise<StorageEstimate>;
}

/** The browser's surroundings, with those parts replaced that are handed in. */
export function surroundingsWith(given: Partial<Surroundings> = {}): Surroundings {
  const databases = given.databases ?? {
    indexedDB: globalThis.indexedDB,
    IDBKeyRange: globalThis.IDBKeyRange,
  };
  return {
    timer: given.timer ?? systemTimer,
    locks: given.locks ?? navigator.locks,
    databases,
    storage: given.storage ?? durableDexie(databases),
    formats: given.formats ?? formats,
    onHint: given.onHint ?? onBrowserHint,
    channel: given.channel ?? ((name) => new BroadcastChannel(name)),
    estimate: given.estimate ?? browserEstimate,
  };
}

function onBrowserHint(listener: (hint: Hint) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const onVisibility = () => {
    if (document.visibilityState === 'visible') listener('visible');
  };
  document.addEventListener('visibilitychange', onVisibility, { signal });
  addEventListener('online', () => listener('online'), { signal });
  addEventListener('offline', () => listener('offline'), { signal });
  return () => stop.abort();
}

/** What the browser tells of room; nothing where it has no storage to speak of, as on a page that is not secure. */
async function browserEstimate(): Promise<StorageEstimate> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  return storage === undefined ? {} : storage.estimate();
}
