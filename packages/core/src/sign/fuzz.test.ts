import { expect, test } from 'vitest';
import { concat, equal } from './bytes.ts';
import { signedByThree } from './testing/papers.ts';
import { openCentre } from './testing/people.ts';
import { verifyPdf } from './verifyPdf.ts';

/** Numbers from a seed (mulberry32), so that a failure can be had again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const words = [
  '/V',
  '/ByteRange',
  'endobj',
  'xref',
  'trailer',
  '/Prev 9',
  '%%EOF\n',
  '<<',
  '>>',
  '0 R',
  '30',
  '00',
];

/** Changes a file in one to three places: bits, bytes, digits, cuts, repeats, words of PDF. */
function mutate(pdf: Uint8Array, pick: (below: number) => number): Uint8Array {
  let file = pdf.slice();
  for (let times = 1 + pick(3); times > 0; times--) {
    // Half of the places lie in the increments, where structure is dense.
    const at =
      pick(2) === 0 ? pick(file.length) : file.length - 1 - pick(Math.min(file.length, 60_000));
    const length = 1 + pick(64);
    switch (pick(8)) {
      case 0:
        file[at] = (file[at] ?? 0) ^ (1 << pick(8));
        break;
      case 1:
        file[at] = pick(256);
        break;
      case 2:
        file = concat(file.subarray(0, at), file.subarray(at + length));
        break;
      case 3:
        file = concat(file.subarray(0, at), file.subarray(at, at + length), file.subarray(at));
        break;
      case 4:
        file = file.slice(0, at + 1);
        break;
      case 5:
        file = concat(file, file.subarray(at, at + length));
        break;
      case 6: {
        const digit = file.findIndex((byte, index) => index >= at && byte >= 0x30 && byte <= 0x39);
        if (digit >= 0) file[digit] = 0x30 + pick(10);
        break;
      }
      default: {
        const word = new TextEncoder().encode(words[pick(words.length)]);
        file = concat(
          file.subarray(0, at),
          word,
          file.subarray(at + (pick(2) === 0 ? word.length : 0)),
        );
      }
    }
  }
  return file;
}

test('of 2,000 damaged files none holds, none breaks the verifier, none takes long', async () => {
  const centre = await openCentre();
  const pdf = await signedByThree(centre);
  const whole = await verifyPdf(pdf, centre.trust);
  expect(whole.holds).toBe(true);
  const pick = seeded(20_261_123);
  let slowest = 0;
  for (let damaged = 0; damaged < 2000; ) {
    const file = mutate(pdf, pick);
    // Cut back to a whole revision a file holds by itself; only what the case remembers tells.
    if (equal(file, pdf.subarray(0, file.length))) continue;
    damaged++;
    const begun = performance.now();
    const verdict = await verifyPdf(file, centre.trust);
    slowest = Math.max(slowest, performance.now() - begun);
    expect(verdict.holds, `file ${damaged}`).toBe(false);
    expect(verdict.problems.length + verdict.signatures.length).toBeGreaterThan(0);
  }
  expect(slowest).toBeLessThan(10_000);
}, 120_000);
