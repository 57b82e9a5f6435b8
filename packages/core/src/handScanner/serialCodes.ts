import type { HandScan } from '../ports/handScanner.ts';
import type { Timer } from '../ports/timer.ts';
import { err } from '../result.ts';
import { textOf } from '../scan/text.ts';
import { longestCode, sentText } from './sentText.ts';

/**
 * Where one code ends and the next begins. `pause`: when nothing has come for {@link quiet} milliseconds, whatever
 * stands behind the code. The others where a scanner sends codes without a pause between them; then the sign cannot
 * stand in a code.
 */
export const codeEnds = ['pause', 'cr', 'lf', 'crlf'] as const;
export type CodeEnd = (typeof codeEnds)[number];

/** Milliseconds. Over USB the pieces of a code come within a few, over radio within some thirty. */
export const quiet = 100;
/** Milliseconds after which the beginning of a code whose end did not come is given up. */
export const givenUp = 1_000;
/** Bytes; four for each character. */
const mostBytes = longestCode * 4;

const signs = { cr: [13], lf: [10], crlf: [13, 10] } as const;

/** Puts a hand scanner's bytes together to codes. */
export interface SerialCodes {
  push(bytes: Uint8Array): void;
  /** The line is gone: what has come of a code is thrown away. */
  drop(): void;
}

/**
 * Each code as strict UTF-8, else as GB 18030 (`textOf`). More bytes than any code has are a failure once, however long
 * the noise lasts.
 */
export function serialCodes(
  end: CodeEnd,
  timer: Timer,
  onScan: (scan: HandScan) => void,
): SerialCodes {
  let held: number[] = [];
  let tooLong = false;
  let stop = () => {};

  const tell = (bytes: readonly number[]) => {
    const scan: HandScan | undefined = tooLong
      ? err('too-long')
      : sentText(textOf(Uint8Array.from(bytes)));
    tooLong = false;
    if (scan !== undefined) onScan(scan);
  };
  const flush = () => {
    const bytes = held;
    held = [];
    // A code without the end that was agreed on is half a code.
    if (end !== 'pause' && !tooLong) onScan(err('unreadable'));
    else tell(bytes);
  };
  const add = (byte: number) => {
    if (tooLong) return;
    held.push(byte);
    if (held.length <= mostBytes) return;
    tooLong = true;
    held = [];
  };

  return {
    push(bytes) {
      stop();
      for (const byte of bytes) {
        const last = end === 'crlf' ? held.at(-1) : undefined;
        add(byte);
        if (end === 'pause') continue;
        const sign = signs[end];
        if (byte !== sign.at(-1) || (end === 'crlf' && last !== sign[0] && !tooLong)) continue;
        const code = held.slice(0, -sign.length);
        held = [];
        tell(code);
      }
      if (held.length > 0 || tooLong) stop = timer.after(end === 'pause' ? quiet : givenUp, flush);
    },
    drop() {
      stop();
      held = [];
      tooLong = false;
    },
  };
}
