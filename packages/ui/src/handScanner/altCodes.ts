import { textOf } from '@tongban/core';

/**
 * How to read what a scanner sends with Alt and the keypad, one number a character: its place in Unicode, its two bytes
 * in GB 18030, or bytes alone, as the scanner is set. Which of them, all numbers of a code tell together: one that is no
 * pair of bytes is Unicode; one beyond the Chinese characters of Unicode is a pair.
 */
export function readerOfAltCodes(all: readonly number[]): (numbers: readonly number[]) => string {
  if (all.every((number) => number <= 0xff)) return (bytes) => textOf(Uint8Array.from(bytes));
  const wide = all.filter((number) => number > 0xff);
  if (wide.every(isPair) && wide.some((number) => number > lastCharacter)) return fromPairs;
  return (numbers) => numbers.map(fromUnicode).join('');
}

/** End of the CJK Unified Ideographs. */
const lastCharacter = 0x9fff;

function isPair(number: number): boolean {
  const lead = number >> 8;
  const trail = number & 0xff;
  return lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail <= 0xfe && trail !== 0x7f;
}

function fromPairs(numbers: readonly number[]): string {
  const bytes = numbers.flatMap((number) =>
    number > 0xff ? [number >> 8, number & 0xff] : [number],
  );
  return new TextDecoder('gb18030').decode(Uint8Array.from(bytes));
}

function fromUnicode(number: number): string {
  const surrogate = number >= 0xd800 && number <= 0xdfff;
  return number > 0x10ffff || surrogate ? '\ufffd' : String.fromCodePoint(number);
}
