import type { Clock } from '@tongban/core';
import { Refusal } from '../problem/refusal.ts';
import type { Server } from './server.ts';

/** Requests a second from one address, after a burst. A hall behind one address stays far below. */
const perSecond = 200;
const burst = 2_000;

/** A bucket of requests per address, refilled evenly; an empty one answers 429 with the seconds to wait. */
export function limitRequests(app: Server, clock: Clock): void {
  const buckets = new Map<string, { left: number; at: number }>();
  let sweepAt = 0;
  app.addHook('onRequest', async (request) => {
    const now = clock.now().getTime() / 1000;
    if (now >= sweepAt) {
      for (const [address, bucket] of buckets)
        if (now - bucket.at > burst / perSecond) buckets.delete(address);
      sweepAt = now + 30;
    }
    const bucket = buckets.get(request.ip) ?? { left: burst, at: now };
    buckets.set(request.ip, bucket);
    bucket.left = Math.min(burst, bucket.left + Math.max(0, now - bucket.at) * perSecond);
    bucket.at = now;
    if (bucket.left < 1) throw new Refusal('too-many-requests', { retryAfterSeconds: 1 });
    bucket.left -= 1;
  });
}
