import type { RxStorage } from 'rxdb';
import { type DatabaseFactory, durableDexie } from '../storage/database.ts';
import { systemTimer, type Timer } from './timer.ts';

/** Web Locks, as far as they are used here. */
export type Locks = Pick<LockManager, 'request' | 'query'>;

/** What a page finds around it. The browser's own by default; tests and other places hand in theirs. */
export interface Surroundings {
  readonly timer: Timer;
  readonly locks: Locks;
  readonly databases: DatabaseFactory;
  readonly storage: RxStorage<unknown, unknown>;
  /** Whether people can see this page. */
  visible(): boolean;
  /** The page is looked at again, or the browser believes the network came back. Hints, nothing more. */
  onHint(listener: (hint: 'visible' | 'online' | 'offline') => void): () => void;
  /** A channel to the other tabs of this browser. */
  channel(name: string): BroadcastChannel;
}

export function browserSurroundings(): Surroundings {
  const databases = { indexedDB: globalThis.indexedDB, IDBKeyRange: globalThis.IDBKeyRange };
  return {
    timer: systemTimer,
    locks: navigator.locks,
    databases,
    storage: durableDexie(databases),
    visible: () => document.visibilityState === 'visible',
    onHint(listener) {
      const stop = new AbortController();
      const { signal } = stop;
      document.addEventListener(
        'visibilitychange',
        () => {
          if (document.visibilityState === 'visible') listener('visible');
        },
        { signal },
      );
      addEventListener('online', () => listener('online'), { signal });
      addEventListener('offline', () => listener('offline'), { signal });
      return () => stop.abort();
    },
    channel: (name) => new BroadcastChannel(name),
  };
}
