import { Readable } from 'node:stream';
import type { Scope, StreamLine } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { Refusal } from '../problem/refusal.ts';
import type { Terminal } from '../terminal/proof.ts';
import { innerScope } from './changes.ts';
import { createCounters } from './counters.ts';
import type { News } from './news.ts';

const scopes: readonly Scope[] = ['catalogue', 'status', 'settings'];
const beatMs = 15_000;
/** A reader that takes nothing for so many lines is cut; it opens the stream again and pulls. */
const mostWaiting = 1_000;

export interface Streams {
  /** Throws a {@link Refusal} while the centre stops. */
  open(terminal: Terminal): Promise<Readable>;
  /** Ends every stream, so that the server can stop; none is opened any more. */
  endAll(): void;
}

interface Open {
  readonly stream: Readable;
  /** Inner names of the scopes, by their outer ones. */
  readonly inner: ReadonlyMap<Scope, string>;
  say(line: StreamLine): void;
}

/**
 * Live news for terminals, one JSON object a line: `hello` with where each scope stands, then `changed` as it happens
 * and a `beat` that says again where everything stands. It only says that there is something to pull: a lost line loses
 * nothing. One timer and one set of counters serve all streams of the process.
 */
export function createStreams(centre: Centre, news: News): Streams {
  const counters = createCounters(centre.database);
  const open = new Set<Open>();
  let stopping = false;

  const at = ({ inner }: Open) => {
    const standing: Partial<Record<Scope, number>> = {};
    for (const [outer, name] of inner) standing[outer] = counters.at(name);
    return standing;
  };
  const beat = setInterval(() => {
    for (const one of open) one.say({ kind: 'beat', at: at(one) });
  }, beatMs);
  beat.unref();
  const unsubscribe = news.subscribe(({ scope, seq }) => counters.told(scope, seq));
  const unsubscribeGap = news.onGap(() => {
    sayAllAnew().catch(() => {
      // Who cannot be told where things stand opens the stream again, and pulls.
      for (const { stream } of open) stream.destroy();
    });
  });

  async function sayAllAnew(): Promise<void> {
    const epoch = await centre.epoch();
    await counters.reload();
    for (const one of open) one.say({ kind: 'hello', epoch, at: at(one) });
  }

  async function openFor(terminal: Terminal): Promise<Readable> {
    if (stopping) throw new Refusal('unavailable');
    const inner = new Map(scopes.map((scope) => [scope, innerScope(scope, terminal)]));
    const outer = new Map([...inner].map(([scope, name]) => [name, scope]));
    const names = [...outer.keys()];
    let begun: Open | undefined;
    // Followed before the numbers are asked for: a change in between is in the numbers that hello tells.
    const unfollow = counters.follow(names, (name, seq) => {
      const scope = outer.get(name);
      if (scope !== undefined) begun?.say({ kind: 'changed', scope, seq });
    });
    let epoch: string;
    try {
      epoch = await centre.epoch();
      await counters.load(names);
      if (stopping) throw new Refusal('unavailable');
    } catch (error) {
      unfollow();
      throw error;
    }
    begun = { ...streamOf(), inner };
    const one = begun;
    open.add(one);
    one.stream.once('close', () => {
      unfollow();
      open.delete(one);
    });
    one.say({ kind: 'hello', epoch, at: at(one) });
    return one.stream;
  }

  return {
    open: openFor,
    endAll: () => {
      stopping = true;
      clearInterval(beat);
      unsubscribe();
      unsubscribeGap();
      // Each leaves the list here, so that nobody says anything to a stream after its end.
      for (const one of open) {
        open.delete(one);
        one.stream.push(null);
      }
    },
  };
}

function streamOf(): Pick<Open, 'stream' | 'say'> {
  const stream = new Readable({ read: () => undefined, highWaterMark: 64 * 1024 });
  let waiting = 0;
  return {
    stream,
    say: (line) => {
      if (stream.destroyed) return;
      waiting = stream.push(`${JSON.stringify(line)}\n`) ? 0 : waiting + 1;
      if (waiting > mostWaiting) stream.destroy();
    },
  };
}
