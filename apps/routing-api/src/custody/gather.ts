import type { Verdict } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { traceOf } from '../http/server.ts';
import { type Arrival, type OpenedArrival, openArrival } from './arrival.ts';
import { takeIntoCustody } from './takeIntoCustody.ts';

/** Envelopes of one transaction at most. */
const mostAtOnce = 200;

/** Resolves to the verdict; to nothing where none could be given and the arrival is to be offered again. */
export type Custody = (arrival: Arrival) => Promise<Verdict | undefined>;

interface Waiting {
  readonly arrival: OpenedArrival;
  readonly answer: (verdict: Verdict | undefined) => void;
}

/**
 * Takes arrivals of all requests into custody in batches: while one batch commits, what arrives meanwhile gathers to
 * the next, so that many share one wait for the disk and one lock of the audit chain. Nobody waits for others to come.
 * A batch that fails is done again one by one: what cannot be stored holds up none of the others.
 */
export function gatherCustody(centre: Centre): Custody {
  const waiting: Waiting[] = [];
  let working = false;

  async function work(): Promise<void> {
    working = true;
    while (waiting.length > 0) await settle(nextBatch());
    working = false;
  }

  /** The oldest, each submission once; what is named twice is answered by the first, in a later batch. */
  function nextBatch(): Waiting[] {
    const batch = new Map<string, Waiting>();
    const later: Waiting[] = [];
    while (waiting.length > 0 && batch.size < mostAtOnce) {
      const one = waiting.shift() as Waiting;
      const id = one.arrival.envelope.submissionId;
      if (batch.has(id)) later.push(one);
      else batch.set(id, one);
    }
    waiting.unshift(...later);
    return [...batch.values()];
  }

  async function settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const verdicts = await takeIntoCustody(
        centre,
        batch.map(({ arrival }) => arrival),
      );
      for (const [index, { answer }] of batch.entries()) answer(verdicts[index]);
    } catch (error) {
      if (batch.length > 1) {
        for (const one of batch) await settle([one]);
        return;
      }
      for (const { arrival, answer } of batch) {
        const submission = arrival.envelope.submissionId;
        centre.log.error({ submission, error: traceOf(error) }, 'not taken into custody');
        answer(undefined);
      }
    }
  }

  return async (arrival) => {
    const opened = await openArrival(centre, arrival);
    if ('verdict' in opened) return opened;
    const { promise, resolve } = Promise.withResolvers<Verdict | undefined>();
    waiting.push({ arrival: opened, answer: resolve });
    if (!working) void work();
    return promise;
  };
}
