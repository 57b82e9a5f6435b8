import type { CentreFailure } from '../centre/request.ts';
import { type KnownAnswer, knownAtMost } from '../protocol/index.ts';
import { storeFailure } from '../storage/failure.ts';
import { keptFor } from './delivery.ts';
import type { Entry } from './entry.ts';
import type { SenderOptions } from './sender.ts';

export interface NewLife {
  /** The centre's epoch, from whoever heard it. Asks at once, unless it is being asked. */
  heardEpoch(epoch: string): void;
  stop(): Promise<void>;
}

type NewLifeOptions = Pick<SenderOptions, 'desk' | 'centre' | 'centreTime' | 'onNotAdmitted'>;

/**
 * [E1] The centre lives a new life: it was restored from a backup. Most of what it had received it still has, and a month
 * of files is not sent again to find that out: it is asked. What fails is asked again with the next word of the centre.
 */
export function startNewLife({ desk, centre, centreTime, onNotAdmitted }: NewLifeOptions): NewLife {
  const stopped = new AbortController();
  let underWay: Promise<void> | undefined;

  const elsewhere = (epoch: string) => (entry: Entry) =>
    entry.state.at === 'received' && entry.state.epoch !== epoch;

  function heardEpoch(epoch: string): void {
    if (underWay !== undefined || stopped.signal.aborted) return;
    if (!desk.entries().some(elsewhere(epoch))) return;
    underWay = askAll(epoch)
      .catch((error: unknown) => {
        // A disk that refuses now may answer at the next word of the centre.
        if (storeFailure(error) === undefined) throw error;
      })
      .finally(() => {
        underWay = undefined;
      });
  }

  async function askAll(epoch: string): Promise<void> {
    const doubtful = desk.entries().filter(elsewhere(epoch));
    for (let from = 0; from < doubtful.length; from += knownAtMost) {
      const some = doubtful.slice(from, from + knownAtMost);
      const held = some.map(({ id, manifestHash }) => ({ submissionId: id, manifestHash }));
      const answered = await centre.known(held, stopped.signal);
      if (stopped.signal.aborted) return;
      if (answered.ok) await heed(some, answered.value);
      else if (cannotBeAsked(answered.error)) await offerAgain(some, epoch);
      else {
        if (answered.error.kind === 'problem') onNotAdmitted();
        return;
      }
    }
  }

  async function heed(asked: readonly Entry[], { epoch, rows }: KnownAnswer): Promise<void> {
    const states = new Map(rows.map(({ submissionId, state }) => [submissionId, state]));
    const missing: Entry[] = [];
    for (const entry of asked) {
      const state = states.get(entry.id);
      if (state === 'received') await renew(entry, epoch);
      // A conflict is for the centre to tell by its verdict: the entry is set aside then, with its reason.
      else if (state !== undefined) missing.push(entry);
    }
    await offerAgain(missing, epoch);
  }

  async function renew(entry: Entry, epoch: string): Promise<void> {
    if (entry.state.at !== 'received') return;
    const until = Math.max(Date.parse(entry.state.keepUntil), (centreTime() ?? 0) + keptFor);
    const keepUntil = new Date(until).toISOString();
    await desk.apply(entry.id, { kind: 'echoed-again', epoch, keepUntil }, elsewhere(epoch));
  }

  async function offerAgain(entries: readonly Entry[], epoch: string): Promise<void> {
    for (const { id } of entries) await desk.apply(id, { kind: 'other-epoch' }, elsewhere(epoch));
  }

  return {
    heardEpoch,
    async stop() {
      stopped.abort();
      await underWay;
    },
  };
}

/** A centre from before there was this question gets everything offered again. */
function cannotBeAsked(failure: CentreFailure): boolean {
  return failure.kind === 'problem' && [400, 404, 413, 415, 422].includes(failure.status);
}
