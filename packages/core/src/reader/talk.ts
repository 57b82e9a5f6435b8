import type { SerialLine } from '../ports/serialLine.ts';
import type { Timer } from '../ports/timer.ts';
import { type Command, commands, longestReply } from './commands.ts';
import { frame, frameStream } from './frame.ts';

/** A reply: its status (SW3) and what follows it, which is overwritten once it was looked at. */
export interface Reply {
  readonly sw3: number;
  readonly data: Uint8Array;
}

/** A conversation with a reader: one question at a time. */
export interface Talk {
  /**
   * Asks, and hands each reply to `take`, which keeps what it needs of the one that is meant and gives `undefined` for
   * others: replies name no command, and one that was given up may still come. `undefined` when none came within `ms`
   * (milliseconds), or the line is gone.
   */
  ask<T>(
    command: Command,
    ms: number,
    take: (reply: Reply) => T | undefined,
  ): Promise<T | undefined>;
  /** Bytes so far that made no reply. */
  noise(): number;
}

export function talkOver(line: SerialLine, timer: Timer): Talk {
  let onReply: ((reply: Reply) => void) | undefined;
  let onGone: (() => void) | undefined;
  let gone = false;
  const replies = frameStream(longestReply, (body) => {
    if (body.length < 3 || body[0] !== 0 || body[1] !== 0) return;
    onReply?.({ sw3: body[2] ?? 0, data: body.subarray(3) });
  });
  const stop = line.watch((bytes) => replies.take(bytes));
  void line.closed.then(() => {
    gone = true;
    stop();
    replies.clear();
    onGone?.();
  });

  return {
    async ask<T>(command: Command, ms: number, take: (reply: Reply) => T | undefined) {
      if (gone) return undefined;
      replies.clear();
      return new Promise<T | undefined>((resolve) => {
        const done = (value: T | undefined) => {
          onReply = undefined;
          onGone = undefined;
          cancel();
          resolve(value);
        };
        const cancel = timer.after(ms, () => done(undefined));
        onReply = (reply) => {
          const taken = take(reply);
          if (taken !== undefined) done(taken);
        };
        onGone = () => done(undefined);
        void line.write(frame(commands[command]));
      });
    },
    noise: replies.skipped,
  };
}
