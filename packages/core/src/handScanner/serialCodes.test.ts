import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HandScan } from '../ports/handScanner.ts';
import { ok } from '../result.ts';
import { handTime } from '../testing/handTime.ts';
import { longestCode } from './sentText.ts';
import { type CodeEnd, codeEnds, givenUp, quiet, serialCodes } from './serialCodes.ts';

function decoder(end: CodeEnd = 'pause') {
  const time = handTime();
  const heard: HandScan[] = [];
  const codes = serialCodes(end, time.timer, (scan) => heard.push(scan));
  return { time, heard, codes };
}
const utf8 = (text: string) => new TextEncoder().encode(text);
const signOf = { pause: '\r', cr: '\r', lf: '\n', crlf: '\r\n' } as const;

/** What stands in our codes: base64url, dots, tildes, colons. */
const ours = fc
  .tuple(
    fc.constantFrom('TB1:', 'TBH1:', 'eyJ', ''),
    fc.string({ unit: fc.constantFrom(...'AZaz09-_.~:'), minLength: 1, maxLength: 400 }),
  )
  .map(([front, rest]) => front + rest);

describe('codes over a serial line', () => {
  test.each(codeEnds)('come whole, cut up in whatever way, ended by %s', (end) => {
    fc.assert(
      fc.property(
        fc.array(ours, { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 20 }),
        (texts, cuts) => {
          const { time, heard, codes } = decoder(end);
          for (const text of texts) {
            let rest = utf8(text + signOf[end]);
            for (let at = 0; rest.length > 0; at += 1) {
              const cut = cuts[at % cuts.length] ?? 1;
              codes.push(rest.subarray(0, cut));
              rest = rest.subarray(cut);
              time.pass(quiet - 1);
            }
            time.pass(1);
          }
          expect(heard).toEqual(texts.map(ok));
        },
      ),
      { seed: 21, numRuns: 200 },
    );
  });

  test('of the same packet are parted by the sign, where one is agreed on', () => {
    const { heard, codes } = decoder('crlf');
    codes.push(utf8('TBH1:a.b\r\nTBH1:c.d\r\n\r\n'));
    expect(heard).toEqual([ok('TBH1:a.b'), ok('TBH1:c.d')]);
  });

  test('are UTF-8, or GB 18030 on older systems', () => {
    const { time, heard, codes } = decoder();
    codes.push(utf8('南湖区桂子路'));
    time.pass(quiet);
    codes.push(Uint8Array.of(0xc4, 0xcf, 0xba, 0xfe, 0xc7, 0xf8, 13));
    time.pass(quiet);
    expect(heard).toEqual([ok('南湖区桂子路'), ok('南湖区')]);
  });

  test('keep their own line ends when a pause ends them', () => {
    const { time, heard, codes } = decoder();
    codes.push(utf8('@\n\x1e\rANSI 6360\rDAQ1\r\n'));
    time.pass(quiet);
    expect(heard).toEqual([ok('@\n\x1e\rANSI 6360\rDAQ1')]);
  });

  test('that are cut off are told as unreadable, and the next one is whole', () => {
    const { time, heard, codes } = decoder('cr');
    codes.push(utf8('TBH1:bG9'));
    time.pass(givenUp);
    codes.push(utf8('TBH1:bG9j.a2V5\r'));
    expect(heard).toEqual([{ ok: false, error: 'unreadable' }, ok('TBH1:bG9j.a2V5')]);
  });

  test('of a scanner that was pulled out are thrown away', () => {
    const { time, heard, codes } = decoder();
    codes.push(utf8('TBH1:bG9'));
    codes.drop();
    time.pass(givenUp);
    codes.push(utf8('TB1:x'));
    time.pass(quiet);
    expect(heard).toEqual([ok('TB1:x')]);
  });

  test.each(['pause', 'cr'] as const)('without an end are one failure and no heap (%s)', (end) => {
    const { time, heard, codes } = decoder(end);
    const noise = new Uint8Array(4_096).fill(0x41);
    for (let at = 0; at < 500; at += 1) codes.push(noise);
    time.pass(givenUp);
    codes.push(utf8('1'.repeat(longestCode + 1)));
    codes.push(Uint8Array.of(13));
    time.pass(quiet);
    codes.push(utf8('TB1:x\r'));
    time.pass(quiet);
    const tooLong = { ok: false, error: 'too-long' };
    expect(heard).toEqual([tooLong, tooLong, ok('TB1:x')]);
  });

  test('are never made of noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
        const { time, heard, codes } = decoder();
        codes.push(bytes);
        time.pass(quiet);
        codes.push(utf8('TB1:x\r'));
        time.pass(quiet);
        expect(heard.at(-1)).toEqual(ok('TB1:x'));
        expect(heard.length).toBeLessThanOrEqual(2);
      }),
      { seed: 21 },
    );
  });
});
