import { describe, expect, it } from 'vitest';
import type { HandScan, HandScanner } from '../ports/handScanner.ts';
import { ok } from '../result.ts';

/** What our own codes are made of, each kind once, in the length that they have. */
export const ownCodes = [
  `TBH1:${'aB3_'.repeat(5)}-Z.${'x-Y_9'.repeat(8)}aZ0`,
  `TB1:eyJhbGciOiJFUzI1NiJ9.${'eyJu-_09'.repeat(40)}.${'Zz'.repeat(43)}`,
  `eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9.${'aZ-_'.repeat(60)}.${'c2ln'.repeat(20)}~WyJz~`,
] as const;

/**
 * What every {@link HandScanner} keeps to. `scan` is a pull of its trigger over a code of this text, ended as it is set to
 * end, and done when all of it has arrived.
 */
export function handScannerContract(
  name: string,
  open: () => Promise<{
    readonly scanner: HandScanner;
    readonly scan: (text: string) => Promise<void>;
    readonly close: () => Promise<void>;
  }>,
): void {
  describe(`HandScanner: ${name}`, () => {
    it('gives each code once, whole and by itself', async () => {
      const { scanner, scan, close } = await open();
      const heard: HandScan[] = [];
      const stop = scanner.watch((one) => heard.push(one));
      for (const code of ownCodes) await scan(code);
      stop();
      await close();
      expect(heard).toEqual(ownCodes.map(ok));
    });

    it('gives it to each who watches, and to nobody who has stopped', async () => {
      const { scanner, scan, close } = await open();
      const first: HandScan[] = [];
      const second: HandScan[] = [];
      const stopFirst = scanner.watch((one) => first.push(one));
      const stopSecond = scanner.watch((one) => second.push(one));
      await scan(ownCodes[0]);
      stopFirst();
      await scan(ownCodes[0]);
      stopSecond();
      await close();
      expect(first).toEqual([ok(ownCodes[0])]);
      expect(second).toEqual([ok(ownCodes[0]), ok(ownCodes[0])]);
    });

    it('keeps nothing for who comes later', async () => {
      const { scanner, scan, close } = await open();
      const heard: HandScan[] = [];
      scanner.watch(() => undefined)();
      await scan(ownCodes[1]);
      const stop = scanner.watch((one) => heard.push(one));
      await scan(ownCodes[0]);
      stop();
      await close();
      expect(heard).toEqual([ok(ownCodes[0])]);
    });
  });
}
