import { Readable } from 'node:stream';
import type { Scope, StreamLine } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import type { Terminal } from '../terminal/proof.ts';
import { innerScope, lastOf } from './changes.ts';
import type { News } from './news.ts';

const scopes: readonly Scope[] = ['catalogue', 'status', 'settings'];
const beatMs = 15_000;
/** A reader that takes nothing for so many lines is cut; it opens the stream again and pulls. */
const mostWaiting = 1_000;

export interface Streams {
  open(terminal: Terminal): Promise<Readable>;
  /** Ends every stream, so that the server can stop. */
  endAll(): void;
}

/**
 * Live news for terminals, one JSON object a line: `hello`, where each scope stands, then `changed` as it happens and a
 * `beat` when nothing does. It only says that there is something to pull: a lost line loses nothing.
 */
export function createStreams(centre: Centre, news: News): Streams {
  const open = new Set<Readable>();

  async function openFor(terminal: Terminal): Promise<Readable> {
    const byInner = new Map(scopes.map((scope) => [innerScope(scope, terminal), scope]));
    const stream = new Readable({ read: () => undefined, highWaterMark: 64 * 1024 });
    let waiting = 0;
    const say = (line: StreamLine) => {
      if (stream.destroyed) return;
      waiting = stream.push(`${JSON.stringify(line)}\n`) ? 0 : waiting + 1;
      if (waiting > mostWaiting) stream.destroy();
    };
    // Subscribed before the counters are read: a change in between is told twice, never missed.
    const unsubscribe = news.subscribe(({ scope, seq }) => {
      const outer = byInner.get(scope);
      if (outer !== undefined) say({ kind: 'changed', scope: outer, seq });
    });
    const standing = async () => {
      for (const [inner, scope] of byInner)
        say({ kind: 'changed', scope, seq: await lastOf(centre, inner) });
    };
    const unsubscribeGap = news.onGap(() => {
      standing().catch(() => stream.destroy());
    });
    const beat = setInterval(() => say({ kind: 'beat' }), beatMs);
    open.add(stream);
    stream.once('close', () => {
      clearInterval(beat);
      unsubscribe();
      unsubscribeGap();
      open.delete(stream);
    });
    say({ kind: 'hello', epoch: await centre.epoch() });
    await standing();
    return stream;
  }

  return {
    open: openFor,
    endAll: () => {
      for (const stream of open) stream.push(null);
    },
  };
}
