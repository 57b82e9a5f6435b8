import { describe, expect, test } from 'vitest';
import { type ChipText, readNewAddress, readText, writeNewAddress, writeText } from './chipText.ts';
import { foreigner2017, foreigner2023, fromHongKong, resident } from './testing/chips.ts';

/** Fields laid one after another by their length in bytes, as the table of the standard lists them. */
function laid(...fields: readonly (readonly [text: string, length: number])[]): Uint8Array {
  const text = fields.map(([value, length]) => value.padEnd(length / 2)).join('');
  return Uint8Array.from({ length: 256 }, (_, at) => {
    const unit = text.charCodeAt(at >> 1);
    return at % 2 === 0 ? unit & 0xff : unit >> 8;
  });
}

const { name, sex, ethnicity, birth, address, number, issuer, from, until } = resident;
const cards: readonly (readonly [ChipText, Uint8Array])[] = [
  [
    resident,
    laid(
      [name, 30],
      [sex, 2],
      [ethnicity, 4],
      [birth, 16],
      [address, 70],
      [number, 36],
      [issuer, 30],
      [from, 16],
      [until, 16],
      ['', 36],
    ),
  ],
  [
    fromHongKong,
    laid(
      [fromHongKong.name, 30],
      ['1', 2],
      ['', 4],
      ['19880423', 16],
      [fromHongKong.address, 70],
      [fromHongKong.number, 36],
      [fromHongKong.issuer, 30],
      ['20240102', 16],
      ['20290102', 16],
      ['H00000000', 18],
      ['01', 4],
      ['', 6],
      ['J', 2],
      ['', 6],
    ),
  ],
  [
    foreigner2017,
    laid(
      [foreigner2017.latinName, 120],
      ['2', 2],
      [foreigner2017.number, 30],
      ['UTO', 6],
      ['安娜', 30],
      ['20200301', 16],
      ['20300301', 16],
      ['19900402', 16],
      ['01', 4],
      ['1500', 8],
      ['I', 2],
      ['', 6],
    ),
  ],
  [
    foreigner2023,
    laid(
      ['', 30],
      ['2', 2],
      ['00', 4],
      ['19900402', 16],
      [foreigner2023.latinName, 70],
      [foreigner2023.number, 36],
      ['', 30],
      ['20240301', 16],
      ['20340301', 16],
      ['BETH', 22],
      ['UTO', 6],
      ['Y', 2],
      ['', 6],
    ),
  ],
];

describe.each(cards)('the layout $kind', (text, bytes) => {
  test('is read, and written, byte for byte', () => {
    expect(readText(bytes)).toEqual({ ok: true, value: text });
    expect(writeText(text)).toEqual(bytes);
  });
});

test('a name in rare characters, beyond the first plane and for private use', () => {
  const rare: ChipText = { ...resident, name: '𠮷\u{20BB7}\uE863' };
  expect(readText(writeText(rare))).toEqual({ ok: true, value: rare });
});

test('fields filled up with zeros', () => {
  const bytes = writeText({ ...resident, address: '云陵县青石镇' });
  const zeros = bytes.map((byte) => (byte === 0x20 ? 0 : byte));
  expect(readText(zeros)).toMatchObject({ ok: true, value: { number, issuer } });
});

test.each([
  ['half a character', 0, [0x42, 0xd8]],
  ['a control character', 52, [0x07, 0x00]],
  ['a zero within', 54, [0x00, 0x00]],
])('%s is no text', (_, at, units) => {
  const bytes = writeText(resident);
  bytes.set(units, at);
  expect(readText(bytes)).toEqual({ ok: false, error: 'not-text' });
});

test('a card of another kind is not guessed at', () => {
  const bytes = writeText(resident);
  bytes.set([0x5a, 0], 248);
  expect(readText(bytes)).toEqual({ ok: false, error: 'unknown-kind' });
  bytes.set([0x07, 0], 248);
  expect(readText(bytes)).toEqual({ ok: false, error: 'unknown-kind' });
});

test('an address given later', () => {
  const bytes = writeNewAddress('澜州市南湖区桂子路 77 号 5 单元 903 室');
  expect(bytes).toHaveLength(70);
  expect(readNewAddress(bytes)).toBe('澜州市南湖区桂子路 77 号 5 单元 903 室');
});

test('what is too long for its field is not written', () => {
  expect(() => writeText({ ...resident, name: '很'.repeat(16) })).toThrow('Too long');
});
