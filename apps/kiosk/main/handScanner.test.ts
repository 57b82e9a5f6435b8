import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type HandScan,
  type HandScanner,
  ok,
  type ScannerLine,
  type SerialLine,
  serialScanner,
  systemTimer,
} from '@tongban/core';
import { handScannerContract } from '@tongban/core/contracts';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { openPseudoTerminal } from '../../../tests/support/pseudoTerminal.ts';
import { bridgeScanner } from '../renderer/devices/bridgeScanner.ts';
import { scannerVerbs } from './handScanner.ts';
import { serialLineAt } from './serial/serialLine.ts';

const folder = mkdtempSync(join(tmpdir(), 'tongban-scanner-'));
const far: SerialLine[] = [];
afterEach(async () => {
  await Promise.all(far.splice(0).map((line) => line.close()));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function device(at?: string) {
  const made = await openPseudoTerminal(at);
  far.push(made.line);
  const send = (text: string) => made.line.write(new TextEncoder().encode(text));
  return { ...made, send };
}
/** A scanner on a real serial device, and the page behind main. */
function attached(path: string) {
  const lines: ScannerLine[] = [];
  const serial = serialScanner({
    open: serialLineAt(path, 9_600),
    end: 'pause',
    timer: systemTimer,
    onLine: (line) => lines.push(line),
  });
  const { handlers, end } = scannerVerbs(serial);
  const page = () =>
    bridgeScanner({ next: () => handlers['scanner.next']() as Promise<HandScan | undefined> });
  const opened = (times: number) =>
    vi.waitFor(() => expect(lines.filter((line) => line === 'open')).toHaveLength(times), 10_000);
  return { lines, serial, page, end, opened };
}
/** Until the next code has been heard by whoever watches, and has gone through the bridge. */
async function nextHeard(scanner: HandScanner): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = scanner.watch(() => {
      stop();
      resolve();
    });
  });
  await new Promise((resolve) => setImmediate(resolve));
}

handScannerContract('over a real line and the bridge', async () => {
  const { path, send } = await device();
  const { serial, page, opened } = attached(path);
  await opened(1);
  return {
    scanner: page(),
    async scan(text) {
      const heard = nextHeard(serial);
      await send(`${text}\r\n`);
      await heard;
    },
    close: () => serial.close(),
  };
});

describe('a hand scanner on a real serial device', () => {
  test('is pulled out in the middle of a code and put back', async () => {
    const at = join(folder, 'scanner');
    const first = await device(at);
    const { serial, page, lines, opened } = attached(at);
    const heard: HandScan[] = [];
    page().watch((scan) => heard.push(scan));
    await opened(1);
    await first.send('TBH1:bG');
    await first.line.close();
    await vi.waitFor(() => expect(lines).toEqual(['open', 'pulled-out']), 10_000);
    const second = await device(at);
    await opened(2);
    await second.send('TBH1:bG9j.a2V5\r');
    await vi.waitFor(() => expect(heard).toEqual([ok('TBH1:bG9j.a2V5')]), 5_000);
    await serial.close();
  });

  test('sends Chinese of an older system', async () => {
    const { path, line } = await device();
    const { serial, page, opened } = attached(path);
    const heard: HandScan[] = [];
    page().watch((scan) => heard.push(scan));
    await opened(1);
    await line.write(Uint8Array.of(0xc4, 0xcf, 0xba, 0xfe, 0xc7, 0xf8, 13));
    await vi.waitFor(() => expect(heard).toEqual([ok('南湖区')]), 5_000);
    await serial.close();
  });
});

describe('the scanner behind the bridge', () => {
  /** A scanner whose trigger is pulled by `pull`. */
  function trigger() {
    const listeners = new Set<(scan: HandScan) => void>();
    const scanner: HandScanner = {
      watch(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    const pull = (text: string) => {
      for (const listener of [...listeners]) listener(ok(text));
    };
    return { scanner, pull };
  }

  test('serves the page that asked last, and keeps nothing for it', async () => {
    const { scanner, pull } = trigger();
    const { handlers } = scannerVerbs(scanner);
    pull('TB1:before');
    const old = handlers['scanner.next']();
    const fresh = handlers['scanner.next']();
    expect(await old).toBeUndefined();
    pull('TB1:x');
    pull('TB1:behind');
    expect(await fresh).toEqual(ok('TB1:x'));
  });

  test('gives up with the visit', async () => {
    const { scanner, pull } = trigger();
    const { handlers, end } = scannerVerbs(scanner);
    const waiting = handlers['scanner.next']();
    end();
    pull('TB1:x');
    expect(await waiting).toBeUndefined();
  });

  test('where there is none says so at once, and the page asks no more', async () => {
    let asked = 0;
    const { handlers } = scannerVerbs(undefined);
    bridgeScanner({
      async next() {
        asked += 1;
        return (await handlers['scanner.next']()) as undefined;
      },
    }).watch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(1);
  });

  test('that fails once is asked again by who watches next', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    let asked = 0;
    const scanner = bridgeScanner({
      async next() {
        asked += 1;
        if (asked === 1) throw new Error('refused');
        return asked === 2 ? ok('TB1:x') : undefined;
      },
    });
    const heard: HandScan[] = [];
    scanner.watch(() => undefined)();
    scanner.watch((scan) => heard.push(scan));
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
    scanner.watch(() => undefined);
    await vi.waitFor(() => expect(heard).toEqual([ok('TB1:x')]));
    told.mockRestore();
  });
});
