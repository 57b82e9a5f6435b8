import type { Clock } from '../../ports/clock.ts';
import type { Timer } from '../../ports/timer.ts';

/** Time that passes only when everybody waits: no test waits for it. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly timer: Timer;
  /** Lets time pass until `promise` has settled. @throws Error when it has not after `most` ms. */
  until<T>(promise: Promise<T>, most?: number): Promise<T>;
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
}

export function virtualTime(from = '2026-11-23T06:40:00Z'): VirtualTime {
  let now = new Date(from).getTime();
  const waiting = new Set<{ readonly at: number; readonly then: () => void }>();
  // Everything that can happen without time passing has happened once the queue of the loop was reached.
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  async function step(end: number): Promise<boolean> {
    await settle();
    const next = [...waiting].toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined || next.at > end) {
      now = end;
      return false;
    }
    now = next.at;
    waiting.delete(next);
    next.then();
    return true;
  }
  return {
    clock: { now: () => new Date(now) },
    timer: {
      after(ms, then) {
        const wait = { at: now + ms, then };
        waiting.add(wait);
        return () => waiting.delete(wait);
      },
    },
    async until(promise, most = 120_000) {
      let settled = false;
      const done = () => {
        settled = true;
      };
      promise.then(done, done);
      const end = now + most;
      for (;;) {
        await settle();
        if (settled) return promise;
        if (!(await step(end))) throw new Error(`Nothing after ${most} ms`);
      }
    },
    async pass(ms) {
      const end = now + ms;
      while (await step(end));
    },
  };
}
