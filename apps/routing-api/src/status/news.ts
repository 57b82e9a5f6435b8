import { setTimeout as wait } from 'node:timers/promises';
import { changesChannel, type Database } from '../database/database.ts';

/** Tells, within this process, what any instance committed. */
export interface News {
  subscribe(
    listener: (change: { readonly scope: string; readonly seq: number }) => void,
  ): () => void;
  /** Called whenever news may have been missed: the listener asks anew. */
  onGap(listener: () => void): () => void;
  stop(): Promise<void>;
}

/** LISTENs on a connection of its own, and connects again when that breaks. */
export async function startNews(
  database: Database,
  onFailure: (error: unknown) => void,
): Promise<News> {
  const listeners = new Set<(change: { scope: string; seq: number }) => void>();
  const gapListeners = new Set<() => void>();
  let stopped = false;
  let client = await listen();

  async function listen() {
    const fresh = database.dedicated();
    fresh.on('error', onFailure);
    fresh.on('notification', ({ payload }) => {
      const change = JSON.parse(payload ?? '{}') as { scope: string; seq: number };
      for (const listener of listeners) listener(change);
    });
    await fresh.connect();
    await fresh.query(`listen ${changesChannel}`);
    // Only one that has listened is mourned: a failed attempt ends too, and each end would start another attempt.
    fresh.once('end', () => {
      if (!stopped) reconnect().catch(onFailure);
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
    stop: async () => {
      stopped = true;
      await client.end();
    },
  };
}
