import type { Clock } from '../ports/clock.ts';
import type { ReaderFailure } from '../ports/idReader.ts';
import type { OpenLine, SerialLine } from '../ports/serialLine.ts';
import type { Timer } from '../ports/timer.ts';
import { err, ok, type Result } from '../result.ts';
import { failureOf, status, success } from './commands.ts';
import { samIdText } from './samId.ts';
import { type Talk, talkOver } from './talk.ts';

/** A reader that is there and answers. */
export interface Connected {
  readonly talk: Talk;
  /** Id of its security module as readers show it, or `simulated`. */
  readonly device: string;
  /** Calls `then` when it is unplugged; returns the way to be told nothing. */
  onGone(then: () => void): () => void;
  isGone(): boolean;
}

export interface Connection {
  /** The reader, opened and greeted when it is not yet. Why not, at once, until it is time to try again. */
  reach(): Promise<Result<Connected, ReaderFailure>>;
  /** Gives a reader up that does not answer, so that the next attempt opens its line anew. */
  giveUp(why: ReaderFailure): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds between attempts: doubled from the first to the last. */
const firstPause = 250;
const lastPause = 4_000;
/** Milliseconds a security module has to say how it stands. It may just have been given power. */
const patience = 1_000;

export function connectionTo(open: OpenLine, clock: Clock, timer: Timer): Connection {
  let held: { readonly line: SerialLine; readonly connected: Connected } | undefined;
  let failure: ReaderFailure = 'no-reader';
  let pause = firstPause;
  let notBefore = 0;

  function fail(why: ReaderFailure) {
    failure = why;
    notBefore = clock.now().getTime() + pause;
    pause = Math.min(2 * pause, lastPause);
    return err(why);
  }
  async function giveUp(why: ReaderFailure): Promise<void> {
    const line = held?.line;
    held = undefined;
    fail(why);
    await line?.close();
  }
  return {
    async reach() {
      if (held?.connected.isGone() === false) return ok(held.connected);
      held = undefined;
      const early = notBefore - clock.now().getTime();
      // A clock that was set back must not keep the reader away for as long.
      if (early > 0 && early <= lastPause) return err(failure);
      const opened = await open();
      if (!opened.ok) return fail('no-reader');
      const line = opened.value;
      const talk = talkOver(line, timer);
      const going = goingOf(line);
      const greeted = await greet(talk);
      if (!greeted.ok) {
        const unplugged = going.isGone();
        await line.close();
        return fail(unplugged ? 'no-reader' : greeted.error);
      }
      pause = firstPause;
      const connected = { talk, device: greeted.value, ...going };
      held = { line, connected };
      return ok(connected);
    },
    giveUp,
    async close() {
      const line = held?.line;
      held = undefined;
      await line?.close();
    },
  };
}

/** Asks how the security module stands, sets it back once when it does not stand well, and asks for its id. */
async function greet(talk: Talk): Promise<Result<string, ReaderFailure>> {
  const asked = () => talk.ask('status', patience, ({ sw3 }) => sw3);
  let stands = await asked();
  if (stands !== status.ok) {
    await talk.ask('reset', patience, ({ sw3 }) => sw3);
    stands = await asked();
  }
  if (stands !== status.ok) return err((stands && failureOf(stands)) || 'no-answer');
  const [sw3, length] = success.samId;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const id = await talk.ask('samId', patience, (reply) =>
      reply.sw3 === sw3 && reply.data.length === length
        ? ok(samIdText(reply.data))
        : err(failureOf(reply.sw3)),
    );
    if (id?.ok) return id;
    if (id?.error !== undefined) return err(id.error);
  }
  return err('no-answer');
}

function goingOf(line: SerialLine): Pick<Connected, 'onGone' | 'isGone'> {
  let gone = false;
  const listeners = new Set<() => void>();
  void line.closed.then(() => {
    gone = true;
    for (const then of [...listeners]) then();
  });
  return {
    isGone: () => gone,
    onGone(then) {
      listeners.add(then);
      return () => listeners.delete(then);
    },
  };
}
