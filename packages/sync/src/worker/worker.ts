import { storeFailure } from '../storage/failure.ts';
import type { Locks } from '../surroundings/surroundings.ts';
import type { Timer } from '../surroundings/timer.ts';

export interface WorkerOptions {
  /** Name of the lock and of the channel between the tabs. */
  readonly name: string;
  readonly locks: Locks;
  readonly timer: Timer;
  readonly channel: (name: string) => BroadcastChannel;
  /** Begins the work; resolves with the way to stop it. */
  readonly start: () => Promise<{ stop(): Promise<void> }>;
}

export interface WorkerSeat {
  /** This tab is looked at: if whoever works does not answer (its tab is frozen), work here. */
  lookedAt(): void;
  leave(): Promise<void>;
}

/** So long a working tab may take to say that it lives, in ms. */
const patience = 2_000;
/** So long a tab stays away from work that its disk refused, in ms. */
const comeBack = 30_000;

/**
 * Gives the work to one tab of the browser, by Web Lock: a tab that dies loses it at once. RxDB's own leader election
 * does not notice a frozen leader; here the tab that people look at asks, and takes over where nobody answers.
 */
export function takeSeat({ name, locks, timer, channel, start }: WorkerOptions): WorkerSeat {
  const left = new AbortController();
  const leaving = new Promise<void>((resolve) => {
    left.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const tabs = channel(name);
  let working = false;
  let stopAsking: (() => void) | undefined;

  tabs.onmessage = ({ data }) => {
    if (data === 'who works?' && working) tabs.postMessage('I do');
    if (data === 'I do') answered();
  };

  function answered(): void {
    stopAsking?.();
    stopAsking = undefined;
  }

  /** Works while it has the lock. Resolves when it let go of it, or another tab took it. */
  async function sit(options: LockOptions): Promise<void> {
    const lost = Promise.withResolvers<void>();
    let ended: Promise<void> | undefined;
    try {
      await locks.request(name, options, () => {
        if (working || left.signal.aborted) return;
        ended = work(Promise.race([lost.promise, leaving]));
        return ended;
      });
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
    lost.resolve();
    await ended;
  }

  async function work(untilThen: Promise<void>): Promise<void> {
    working = true;
    try {
      const started = await start();
      await untilThen;
      await started.stop();
    } finally {
      working = false;
    }
  }

  /** Whether the disk let it work. One that refuses to be read now may answer later. */
  async function satWell(options: LockOptions): Promise<boolean> {
    try {
      await sit(options);
      return true;
    } catch (error) {
      if (storeFailure(error) === undefined) throw error;
      return false;
    }
  }

  async function queue(): Promise<void> {
    while (!left.signal.aborted) {
      // Where the disk refuses, another tab may try meanwhile.
      if (!(await satWell({ signal: left.signal }))) await rest();
    }
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timer.after(comeBack, resolve);
      void leaving.then(() => {
        cancel();
        resolve();
      });
    });
  }

  const queued = queue();
  let stolen: Promise<unknown> = Promise.resolve();

  return {
    lookedAt() {
      if (working || stopAsking !== undefined) return;
      tabs.postMessage('who works?');
      stopAsking = timer.after(patience, () => {
        stopAsking = undefined;
        stolen = satWell({ steal: true });
      });
    },
    async leave() {
      left.abort();
      answered();
      await Promise.all([queued, stolen]);
      tabs.close();
    },
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
