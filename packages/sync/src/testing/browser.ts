import type { Locks } from '../surroundings/surroundings.ts';

interface Held {
  readonly name: string;
  readonly tab: string;
  release(): void;
  lose(): void;
}

interface Waiting {
  readonly name: string;
  readonly tab: string;
  grant(): void;
}

/** The locks of one browser, shared by its tabs: those of Web Locks, with tabs that can die. */
export function browserLocks() {
  const held: Held[] = [];
  const waiting: Waiting[] = [];

  function next(name: string): void {
    if (held.some((one) => one.name === name)) return;
    const index = waiting.findIndex((one) => one.name === name);
    if (index === -1) return;
    const [first] = waiting.splice(index, 1);
    first?.grant();
  }

  function ofTab(tab: string): Locks {
    // biome-ignore lint/suspicious/noExplicitAny: `request` is overloaded; the options are optional here as there.
    async function request(name: string, ...rest: any[]): Promise<any> {
      const callback = rest.pop() as (lock: unknown) => unknown;
      const options = (rest[0] ?? {}) as LockOptions;
      const aborted = () => new DOMException('Aborted', 'AbortError');
      if (options.signal?.aborted) throw aborted();
      const outcome = Promise.withResolvers<unknown>();
      const mine: Held = {
        name,
        tab,
        release() {
          const index = held.indexOf(mine);
          if (index !== -1) held.splice(index, 1);
          next(name);
        },
        lose() {
          const index = held.indexOf(mine);
          if (index !== -1) held.splice(index, 1);
          outcome.reject(aborted());
        },
      };
      const grant = () => {
        held.push(mine);
        Promise.resolve()
          .then(() => callback({ name, mode: 'exclusive' }))
          .then(
            (value) => {
              mine.release();
              outcome.resolve(value);
            },
            (error: unknown) => {
              mine.release();
              outcome.reject(error);
            },
          );
      };
      if (options.steal === true) {
        for (const other of held.filter((one) => one.name === name)) other.lose();
        grant();
      } else if (held.some((one) => one.name === name)) {
        if (options.ifAvailable === true) return callback(null);
        const wait: Waiting = { name, tab, grant };
        waiting.push(wait);
        options.signal?.addEventListener('abort', () => {
          const index = waiting.indexOf(wait);
          if (index === -1) return;
          waiting.splice(index, 1);
          outcome.reject(aborted());
        });
      } else {
        grant();
      }
      return outcome.promise;
    }
    return {
      request,
      query: async () => ({
        held: held.map(({ name }) => ({ name, mode: 'exclusive' as const, clientId: tab })),
        pending: [],
      }),
    };
  }

  return {
    ofTab,
    holder: (name: string) => held.find((one) => one.name === name)?.tab,
    /** The tab is gone: what it held is free, what it waited for is forgotten. */
    kill(tab: string) {
      for (const wait of waiting.filter((one) => one.tab === tab))
        waiting.splice(waiting.indexOf(wait), 1);
      for (const one of held.filter((lock) => lock.tab === tab)) one.release();
    },
  };
}

/** BroadcastChannel between the tabs of one test, delivered in the next microtask. */
export function browserChannels() {
  const open = new Map<string, Set<BroadcastChannel>>();
  const awakeness = new Map<BroadcastChannel, () => boolean>();
  return (name: string, awake: () => boolean = () => true): BroadcastChannel => {
    const peers = open.get(name) ?? new Set();
    open.set(name, peers);
    const channel = {
      name,
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage(data: unknown) {
        for (const peer of peers) {
          if (peer === (channel as unknown)) continue;
          queueMicrotask(() => {
            if (awakeness.get(peer)?.()) peer.onmessage?.({ data } as MessageEvent);
          });
        }
      },
      close() {
        peers.delete(channel as unknown as BroadcastChannel);
      },
    } as unknown as BroadcastChannel;
    peers.add(channel);
    awakeness.set(channel, awake);
    return channel;
  };
}
