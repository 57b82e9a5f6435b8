import type { Database } from '../database/database.ts';

/** Where scopes stand, kept up by what instances tell each other, for the scopes that somebody here follows. */
export interface Counters {
  /** Follows scopes until the answer is called; `changed` hears each newer number. */
  follow(scopes: readonly string[], changed: (scope: string, seq: number) => void): () => void;
  /** Makes sure that the numbers of these followed scopes are known; asks for those that are not, in one query. */
  load(scopes: readonly string[]): Promise<void>;
  /** Newest number of a scope that was loaded; 0 when nothing was ever written to it. */
  at(scope: string): number;
  /** Something was committed by some instance. */
  told(scope: string, seq: number): void;
  /** Words may have been missed: asks anew for all that are followed. */
  reload(): Promise<void>;
}

export function createCounters(database: Pick<Database, 'query'>): Counters {
  const followers = new Map<string, Set<(scope: string, seq: number) => void>>();
  const known = new Map<string, number>();

  async function ask(scopes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await database.query<{ scope: string; seq: number }>(
      'select scope, seq from scopes where scope = any($1)',
      [scopes],
    );
    return new Map(rows.map(({ scope, seq }) => [scope, seq]));
  }

  async function load(scopes: readonly string[]): Promise<void> {
    const unknown = scopes.filter((scope) => !known.has(scope));
    if (unknown.length === 0) return;
    const asked = await ask(unknown);
    for (const scope of unknown) {
      // What was told while we asked is newer than the answer. Who went away meanwhile leaves nothing behind.
      if (followers.has(scope))
        known.set(scope, Math.max(known.get(scope) ?? 0, asked.get(scope) ?? 0));
    }
  }

  return {
    follow: (scopes, changed) => {
      for (const scope of scopes) {
        const others = followers.get(scope) ?? new Set();
        others.add(changed);
        followers.set(scope, others);
      }
      return () => {
        for (const scope of scopes) {
          const others = followers.get(scope);
          others?.delete(changed);
          if (others?.size !== 0) continue;
          followers.delete(scope);
          known.delete(scope);
        }
      };
    },
    load,
    at: (scope) => known.get(scope) ?? 0,
    told: (scope, seq) => {
      const own = followers.get(scope);
      if (own === undefined) return;
      known.set(scope, Math.max(known.get(scope) ?? 0, seq));
      for (const changed of own) changed(scope, seq);
    },
    reload: async () => {
      // A restored database counts lower than what was told before.
      known.clear();
      await load([...followers.keys()]);
    },
  };
}
