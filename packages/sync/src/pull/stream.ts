import type { Random } from '@tongban/core';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import { heardLine, type StreamLine } from '../protocol/index.ts';
import { backOff, type Timer } from '../surroundings/timer.ts';

export interface StreamOptions {
  readonly centre: Centre;
  readonly timer: Timer;
  readonly random: Random;
  readonly onLine: (line: StreamLine) => void;
  readonly onFailure: (failure: CentreFailure) => void;
}

export interface FollowedStream {
  /** There is a line again: do not wait any longer. */
  hurry(): void;
  stop(): Promise<void>;
}

/** Longer than this without a word and the stream is dead, whatever the connection says; the centre beats every 15 s. */
const silence = 40_000;
const longestLine = 65_536;

/** Follows the centre's live stream, and opens it again when it ends, falls silent or tells nonsense. */
export function followStream({
  centre,
  timer,
  random,
  onLine,
  onFailure,
}: StreamOptions): FollowedStream {
  const stopped = new AbortController();
  let hurry = () => {};
  let attempt = 0;

  async function follow(): Promise<void> {
    while (!stopped.signal.aborted) {
      await listen();
      if (stopped.signal.aborted) return;
      await pause(backOff(attempt, random));
      attempt += 1;
    }
  }

  async function listen(): Promise<void> {
    const ended = new AbortController();
    const end = () => ended.abort();
    stopped.signal.addEventListener('abort', end, { once: true });
    let unwatch = timer.after(silence, end);
    try {
      const opened = await centre.stream(ended.signal);
      if (!opened.ok) {
        onFailure(opened.error);
        return;
      }
      for await (const line of linesOf(opened.value)) {
        unwatch();
        unwatch = timer.after(silence, end);
        attempt = 0;
        if (line !== 'to-come') onLine(line);
      }
    } catch (error) {
      // The connection broke, or we broke it off.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    } finally {
      unwatch();
      stopped.signal.removeEventListener('abort', end);
      end();
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timer.after(ms, resolve);
      hurry = () => {
        cancel();
        resolve();
      };
      stopped.signal.addEventListener('abort', hurry, { once: true });
    });
  }

  const followed = follow();
  return {
    hurry: () => {
      attempt = 0;
      hurry();
    },
    async stop() {
      stopped.abort();
      await followed;
    },
  };
}

/** Ends with the body, and at the first line that is none of the protocol's. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamLine | 'to-come'> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        const line = heardLine(parse(text));
        if (line === undefined) return;
        yield line;
      }
      if (rest.length > longestLine) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
