import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { changesChannel } from '../database/writePublications.ts';

/** Tells, within this process, what any instance committed. */
export interface News {
  subscribe(
    listener: (change: { readonly scope: string; readonly seq: number }) => void,
  ): () => void;
  /** Called whenever news may have been missed: the listener asks anew. */
  onGap(listener: () => void): () => void;
  /** Called when the connection breaks: what is behind the next one may be another database. */
  onBreak(listener: () => void): () => void;
  stop(): Promise<void>;
}

/** LISTENs on a connection of its own, and connects again when that breaks. */
export async function startNews(
  database: Database,
  onFailure: (error: unknown) => void,
): Promise<News> {
  const listeners = new Set<(change: { scope: string; seq: number }) => void>();
  const gapListeners = new Set<() => void>();
  const breakListeners = new Set<() => void>();
  let stopped = false;
  let client = await listen();

  async function listen() {
    const fresh = database.dedicated();
    fresh.on('error', onFailure);
    fresh.on('notification', ({ payload }) => {
      const told = JSON.parse(payload ?? '{}') as
        | { readonly scope: string; readonly seq: number }
        | { readonly epoch: string };
      // A new life of the database: whatever was known of the old one is to be asked for again.
      if ('epoch' in told) for (const listener of gapListeners) listener();
      else for (const listener of listeners) listener(told);
    });
    await fresh.connect();
    await fresh.query(`listen ${changesChannel}`);
    // Only one that has listened is mourned: a failed attempt ends too, and each end would start another attempt.
    fresh.once('end', () => {
      if (stopped) return;
      for (const listener of breakListeners) listener();
      reconnect().catch(onFailure);
    });
    return fresh;
  }

  async function reconnect(): Promise<void> {
    for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
      await wait(pause, undefined, { ref: false });
      if (stopped) return;
      try {
        client = await listen();
        for (const listener of gapListeners) listener();
        return;
      } catch (error) {
        onFailure(error);
      }
    }
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onGap: (listener) => {
      gapListeners.add(listener);
      return () => gapListeners.delete(listener);
    },
    onBreak: (listener) => {
      breakListeners.add(listener);
      return () => breakListeners.delete(listener);
    },
    stop: async () => {
      stopped = true;
      await client.end();
    },
  };
}
