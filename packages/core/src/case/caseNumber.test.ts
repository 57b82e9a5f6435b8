import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/ports.ts';
import { makeCaseNumber, parseCaseNumber, spacedCaseNumber } from './caseNumber.ts';

const at = new Date('2026-11-23T16:30:00Z');
const make = (seed: number) => makeCaseNumber('320199', '9', at, seededRandom(seed));
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('case numbers', () => {
  it('carry region, channel and the date in China', () => {
    expect(make(1)).toMatch(/^320199920261124[0-9A-HJKMNP-TV-Z]{12}[0-9A-HJKMNP-TV-Z*~$=U]$/);
  });

  it('are read back as people write and type them', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const number = make(seed);
        expect(parseCaseNumber(number)).toBe(number);
        expect(parseCaseNumber(` ${spacedCaseNumber(number).toLowerCase()} `)).toBe(number);
        const misread = number.slice(0, -1).replaceAll('0', 'O').replaceAll('1', 'l');
        expect(parseCaseNumber(misread + number.slice(-1))).toBe(number);
      }),
    );
  });

  it('are refused with any one character wrong, or two neighbours exchanged', () => {
    fc.assert(
      fc.property(seeds, fc.nat(26), fc.constantFrom(...alphabet), (seed, place, letter) => {
        const number = make(seed);
        const wrong = `${number.slice(0, place)}${letter}${number.slice(place + 1)}`;
        if (wrong !== number) expect(parseCaseNumber(wrong)).toBeUndefined();
        const [a, b] = [number[place], number[place + 1]];
        const swapped = `${number.slice(0, place)}${b}${a}${number.slice(place + 2)}`;
        if (swapped !== number) expect(parseCaseNumber(swapped)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('spread over the whole alphabet', () => {
    const seen = new Set(
      Array.from({ length: 400 }, (_, i) => make(i + 1).slice(15, 27)).flatMap((tail) => [...tail]),
    );
    expect(seen.size).toBe(32);
  });

  it.each(['', '320199', 'LZ07-261123-0042-6', '3201999202611241234'])('are not %j', (text) => {
    expect(parseCaseNumber(text)).toBeUndefined();
  });
});
