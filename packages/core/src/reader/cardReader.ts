import type { IdentityEvidence } from '../identity/evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdReader, ReaderFailure } from '../ports/idReader.ts';
import type { OpenLine } from '../ports/serialLine.ts';
import type { Timer } from '../ports/timer.ts';
import { err, type Result } from '../result.ts';
import { type Connected, connectionTo } from './connection.ts';
import { readOnce } from './readOnce.ts';

/** Milliseconds between two looks for a card. */
const pollEvery = 250;
/** Milliseconds for which a card that was read is taken to lie there still. */
const mayStillLie = 30_000;

export interface CardReaderPorts {
  readonly open: OpenLine;
  readonly clock: Clock;
  readonly timer: Timer;
}

export interface CardReader extends IdReader {
  /** Somebody else comes: whoever was told to lift a card would not know of which. */
  forget(): void;
  /** Lets go of the line. */
  close(): Promise<void>;
}

/**
 * A resident-card reader by the protocol of GA 450 (SAM_V) over a serial line. The line is opened at the first reading,
 * and again after it was unplugged. One card is looked for at a time: a second `read` waits until the first has
 * ended.
 *
 * A reader says of a card that it has read, and of none at all, the same: "not found". So for half a minute after a
 * reading a look that finds nothing answers `lift-card`; afterwards a card is waited for.
 */
export function openCardReader({ open, clock, timer }: CardReaderPorts): CardReader {
  const connection = connectionTo(open, clock, timer);
  let turn: Promise<unknown> = Promise.resolve();
  /** When a card was last taken hold of. */
  let takenAt: number | undefined;

  async function attend(
    signal: AbortSignal,
  ): Promise<Result<IdentityEvidence, ReaderFailure> | undefined> {
    while (!signal.aborted) {
      const reached = await connection.reach();
      if (signal.aborted) return undefined;
      if (!reached.ok) return reached;
      const { talk, device } = reached.value;
      const seen = await readOnce(talk, device, clock, signal);
      if (reached.value.isGone()) {
        takenAt = undefined;
        continue;
      }
      if (seen.taken) takenAt = clock.now().getTime();
      if (seen.outcome === undefined) {
        // Before the answer too: who asks again at once is not to ask without end.
        await pause(reached.value, signal);
        const since = clock.now().getTime() - (takenAt ?? Number.NEGATIVE_INFINITY);
        // A clock that was set back says nothing of how long ago it was.
        if (since < 0) takenAt = undefined;
        else if (since < mayStillLie && !signal.aborted && !reached.value.isGone())
          return err('lift-card');
        continue;
      }
      if (!seen.outcome.ok && giveUpOn.has(seen.outcome.error))
        await connection.giveUp(seen.outcome.error);
      return signal.aborted ? undefined : seen.outcome;
    }
    return undefined;
  }

  /** Until the next look, or until there is nobody to look for or nothing to look with. */
  function pause(reader: Connected, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        stop();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const stop = reader.onGone(done);
      const cancel = timer.after(pollEvery, done);
      signal.addEventListener('abort', done);
      if (signal.aborted || reader.isGone()) done();
    });
  }

  return {
    read(signal) {
      if (signal.aborted) return Promise.resolve(undefined);
      const reading = turn.then(() => attend(signal));
      // A bug is thrown to whoever asked; the next one in the line only waits for the end.
      turn = reading.then(
        () => undefined,
        () => undefined,
      );
      return new Promise((resolve, reject) => {
        const left = () => resolve(undefined);
        signal.addEventListener('abort', left);
        reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', left));
      });
    },
    forget() {
      takenAt = undefined;
    },
    close: () => connection.close(),
  };
}

/** After these the reader is greeted anew. */
const giveUpOn: ReadonlySet<ReaderFailure> = new Set(['no-answer', 'self-test', 'unlicensed']);
