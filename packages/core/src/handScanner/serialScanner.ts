import type { HandScan, HandScanner } from '../ports/handScanner.ts';
import type { LineFailure, OpenLine, SerialLine } from '../ports/serialLine.ts';
import type { Timer } from '../ports/timer.ts';
import { type CodeEnd, serialCodes } from './serialCodes.ts';

/** Milliseconds after which a scanner that was pulled out, or never was there, is looked for again. */
export const lookAgain = 2_000;

/** How a scanner's line stands. */
export type ScannerLine = 'open' | 'pulled-out' | LineFailure;

interface SerialScannerOptions {
  readonly open: OpenLine;
  readonly end: CodeEnd;
  readonly timer: Timer;
  /** Told when it changes, not at every look. */
  readonly onLine?: (line: ScannerLine) => void;
}

/** A hand scanner over a serial line, looked for from now on until it is closed, through unplugging and plugging in. */
export interface SerialScanner extends HandScanner {
  close(): Promise<void>;
}

export function serialScanner(options: SerialScannerOptions): SerialScanner {
  const { open, timer, end } = options;
  const listeners = new Set<(scan: HandScan) => void>();
  const codes = serialCodes(end, timer, (scan) => {
    for (const listener of [...listeners]) listener(scan);
  });
  let line: SerialLine | undefined;
  let said: ScannerLine | undefined;
  let closed = false;
  let stop = () => {};

  const say = (now: ScannerLine) => {
    if (now === said) return;
    said = now;
    options.onLine?.(now);
  };
  const look = async (): Promise<void> => {
    const opened = await open();
    if (closed) return opened.ok ? opened.value.close() : undefined;
    if (opened.ok) {
      line = opened.value;
      say('open');
      line.watch((bytes) => codes.push(bytes));
      await line.closed;
      line = undefined;
      // Half a code must not become the beginning of the next one.
      codes.drop();
      if (closed) return;
      say('pulled-out');
    } else if (said !== 'pulled-out' || opened.error !== 'not-there') say(opened.error);
    stop = timer.after(lookAgain, () => void look());
  };
  const looking = look();

  return {
    watch(listener) {
      // Wrapped, so that the same function may watch twice and each end by itself.
      const one = (scan: HandScan) => listener(scan);
      listeners.add(one);
      return () => void listeners.delete(one);
    },
    async close() {
      closed = true;
      stop();
      codes.drop();
      await line?.close();
      await looking;
    },
  };
}
