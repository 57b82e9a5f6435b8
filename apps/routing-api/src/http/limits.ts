import type { Clock } from '@tongban/core';
import { Refusal } from '../problem/refusal.ts';
import type { Server } from './server.ts';

/** Requests a second, after a burst: of one proven terminal, and of one address as long as nothing is proven. */
const perSecond = 200;
const burst = 2_000;

export interface Limits {
  /**
   * A terminal has proven itself: its own count bears the request, and the address gets back what it gave. Thousands
   * of terminals behind one address are not taken for one that asks too often.
   */
  proven(request: { readonly ip: string }, terminal: string): void;
}

/** Counts every request before anything else is done with it; an empty count answers 429 with the seconds to wait. */
export function limitRequests(app: Server, clock: Clock): Limits {
  const addresses = createBuckets(clock);
  const terminals = createBuckets(clock);
  app.addHook('onRequest', async (request) => {
    addresses.take(request.ip);
  });
  return {
    proven: ({ ip }, terminal) => {
      addresses.giveBack(ip);
      terminals.take(terminal);
    },
  };
}

/** A bucket for each key, refilled evenly. */
function createBuckets(clock: Clock) {
  const buckets = new Map<string, { left: number; at: number }>();
  let sweepAt = 0;
  return {
    take(key: string): void {
      const now = clock.now().getTime() / 1000;
      if (now >= sweepAt) {
        for (const [old, bucket] of buckets)
          if (now - bucket.at > burst / perSecond) buckets.delete(old);
        sweepAt = now + 30;
      }
      const bucket = buckets.get(key) ?? { left: burst, at: now };
      buckets.set(key, bucket);
      bucket.left = Math.min(burst, bucket.left + Math.max(0, now - bucket.at) * perSecond);
      bucket.at = now;
      if (bucket.left < 1) throw new Refusal('too-many-requests', { retryAfterSeconds: 1 });
      bucket.left -= 1;
    },
    giveBack(key: string): void {
      const bucket = buckets.get(key);
      if (bucket !== undefined) bucket.left = Math.min(burst, bucket.left + 1);
    },
  };
}
