import { describe, expect, test } from 'vitest';
import { snappyDecompress } from './snappy.ts';

describe('Snappy', () => {
  // Written out by hand from the format description: length, then literals (tag 00) and copies.
  test.each([
    ['a short literal', [3, 0x08, 0x61, 0x62, 0x63], 'abc'],
    ['a copy that overlaps itself', [7, 0x00, 0x61, 0x09, 0x01], 'aaaaaaa'],
    ['a copy with a two-byte offset', [6, 0x08, 0x61, 0x62, 0x63, 0x0a, 0x03, 0x00], 'abcabc'],
    ['a copy with a four-byte offset', [4, 0x04, 0x61, 0x62, 0x07, 2, 0, 0, 0], 'abab'],
    [
      'a literal with its length in a byte',
      [70, 0xf0, 69, ...Array(70).fill(0x7a)],
      'z'.repeat(70),
    ],
    ['nothing', [0], ''],
  ])('reads %s', (_name, bytes, text) => {
    expect(snappyDecompress(Uint8Array.from(bytes)).toString('latin1')).toBe(text);
  });

  test.each([
    ['ends too early', [3, 0x08, 0x61]],
    ['copies from before its beginning', [5, 0x00, 0x61, 0x01, 0x04]],
    ['claims what it cannot hold', [0xff, 0xff, 0xff, 0x7f, 0x00, 0x61]],
    ['runs over its own length', [2, 0x08, 0x61, 0x62, 0x63]],
  ])('refuses a block that %s', (_name, bytes) => {
    expect(() => snappyDecompress(Uint8Array.from(bytes))).toThrow(RangeError);
  });
});
