import { setTimeout as wait } from 'node:timers/promises';
import { traceOf } from '../http/server.ts';
import { judge, setAside } from './judge.ts';
import type { Rooms } from './rooms.ts';

/** Judged side by side: while one waits for the disk, another is opened. */
const atOnce = 4;
/** Read from the waiting ones at a time. */
const mostRead = 200;
/** Tries before an envelope is laid before a counter unjudged. */
const mostTries = 5;

export interface Judging {
  /** Something came into custody: look now. */
  soon(): void;
  /** Resolves once nothing is left to judge. */
  settled(): Promise<void>;
  /** Finishes the envelope in hand and stops; the rest waits for the next start. */
  stop(): Promise<void>;
}

/**
 * Works off what lies in custody unjudged, oldest first, also what an earlier process left. Several processes may do so
 * at once: the row decides who was first. A failure is tried again with growing pauses and holds up nothing else.
 */
export function startJudging(rooms: Rooms, awake: boolean): Judging {
  const { database, log } = rooms.centre;
  const pauses = new Map<string, number>();
  let stopped = !awake;
  let asked = false;
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    do {
      asked = false;
      const ready = await waiting();
      const worker = async () => {
        for (let next = ready.shift(); next !== undefined && !stopped; next = ready.shift()) {
          await one(next.submission_id, next.attempts);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
    } while (asked && !stopped);
  }

  async function waiting() {
    const { rows } = await database.query<{ submission_id: string; attempts: number }>(
      // Those that rest after a failure are left out here: however many they are, newer ones come up.
      `select submission_id, attempts from envelopes
       where judged_at is null and not (submission_id = any($1)) order by received_at limit ${mostRead}`,
      [[...pauses.keys()]],
    );
    if (rows.length === mostRead) asked = true;
    return rows;
  }

  async function one(id: string, attempts: number): Promise<void> {
    try {
      if (attempts >= mostTries) await setAside(rooms, id);
      else await judge(rooms, id);
    } catch (error) {
      log.error({ submission: id, attempts, error: traceOf(error) }, 'judging failed');
      await database.query(
        'update envelopes set attempts = attempts + 1 where submission_id = $1',
        [id],
      );
      pause(id, 200 * 4 ** Math.min(attempts, 5));
    }
  }

  /** Leaves it alone for a while; what waits when the process ends is found again at the next start. */
  function pause(id: string, milliseconds: number): void {
    pauses.set(id, milliseconds);
    wait(milliseconds, undefined, { ref: false }).then(
      () => {
        pauses.delete(id);
        soon();
      },
      () => undefined,
    );
  }

  function soon(): void {
    asked = true;
    if (stopped || working !== undefined) return;
    working = work()
      .catch((error: unknown) => log.error({ error: traceOf(error) }, 'judging stands still'))
      .finally(() => {
        working = undefined;
        if (asked && !stopped) soon();
      });
  }

  return {
    soon,
    settled: async () => {
      soon();
      while (working !== undefined || pauses.size > 0) await (working ?? wait(10));
    },
    stop: async () => {
      stopped = true;
      await working;
    },
  };
}
