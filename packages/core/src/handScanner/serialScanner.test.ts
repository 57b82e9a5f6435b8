import { describe, expect, test } from 'vitest';
import type { HandScan } from '../ports/handScanner.ts';
import type { LineFailure, OpenLine } from '../ports/serialLine.ts';
import { err, ok } from '../result.ts';
import { handScannerContract } from '../testing/contracts.ts';
import { handTime } from '../testing/handTime.ts';
import { quiet } from './serialCodes.ts';
import { lookAgain, type ScannerLine, serialScanner } from './serialScanner.ts';

/** A device that can be pulled out and put back. */
function device() {
  let failure: LineFailure | undefined;
  let listener: ((bytes: Uint8Array) => void) | undefined;
  let pull = () => {};
  const open: OpenLine = async () => {
    if (failure !== undefined) return err(failure);
    const closed = new Promise<void>((resolve) => {
      pull = resolve;
    });
    return ok({
      write: async () => undefined,
      watch(hears) {
        listener = hears;
        return () => {
          listener = undefined;
        };
      },
      closed,
      close: async () => pull(),
    });
  };
  return {
    open,
    send: (text: string) => listener?.(new TextEncoder().encode(text)),
    pull(why: LineFailure = 'not-there') {
      failure = why;
      pull();
    },
    plugIn() {
      failure = undefined;
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

function opened(at = device()) {
  const time = handTime();
  const lines: ScannerLine[] = [];
  const scanner = serialScanner({
    open: at.open,
    end: 'pause',
    timer: time.timer,
    onLine: (line) => lines.push(line),
  });
  return { at, time, lines, scanner };
}

handScannerContract('over a serial line', async () => {
  const { at, time, scanner } = opened();
  await settled();
  return {
    scanner,
    async scan(text) {
      at.send(`${text}\r\n`);
      time.pass(quiet);
    },
    close: () => scanner.close(),
  };
});

describe('a hand scanner over a serial line', () => {
  test('is pulled out in the middle of a code, put back, and gives whole codes', async () => {
    const { at, time, lines, scanner } = opened();
    const heard: HandScan[] = [];
    scanner.watch((scan) => heard.push(scan));
    await settled();
    at.send('TBH1:bG');
    at.pull();
    await settled();
    time.pass(lookAgain * 3);
    await settled();
    at.plugIn();
    for (let look = 0; look < 4; look += 1) {
      time.pass(lookAgain);
      await settled();
    }
    at.send('TBH1:bG9j.a2V5\r');
    time.pass(quiet);
    expect(heard).toEqual([ok('TBH1:bG9j.a2V5')]);
    expect(lines).toEqual(['open', 'pulled-out', 'open']);
    await scanner.close();
  });

  test('says once that it may not be used, and is there as soon as it may', async () => {
    const at = device();
    at.pull('not-allowed');
    const { time, lines, scanner } = opened(at);
    await settled();
    time.pass(lookAgain);
    await settled();
    expect(lines).toEqual(['not-allowed']);
    at.plugIn();
    time.pass(lookAgain);
    await settled();
    expect(lines).toEqual(['not-allowed', 'open']);
    await scanner.close();
  });

  test('closed is closed, and looks for nothing more', async () => {
    const { at, time, lines, scanner } = opened();
    await settled();
    await scanner.close();
    at.send('TB1:x\r');
    time.pass(lookAgain * 5);
    await settled();
    expect(lines).toEqual(['open']);
  });
});
