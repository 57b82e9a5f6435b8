import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, bytewise, redecoded, textOf } from './text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test('UTF-8 is read strictly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // A leading byte order mark is not part of the text.
      expect(textOf(utf8(text))).toBe(text.replace(/^\uFEFF/, ''));
    }),
  );
});

test.each([
  ['GBK', [0xc1, 0xd6, 0xd6, 0xaa, 0xcf, 0xc4], '林知夏'],
  ['GB 18030 in four bytes', [0x95, 0x32, 0x82, 0x36], '𠀀'],
  ['a rare character in a name', [0xb6, 0xa1, 0x86, 0xb4], '丁喆'],
  ['Shift_JIS', [0x83, 0x66, 0x83, 0x93, 0x83, 0x5c], 'デンソ'],
  ['Latin-1', [0x48, 0x69, 0x73, 0x74, 0xf3, 0x72, 0x69, 0x63, 0x6f], 'Histórico'],
])('%s', (_, bytes, text) => {
  expect(textOf(Uint8Array.from(bytes))).toBe(text);
});

test('every byte can be got back from what a reader shows', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(bytesOf(bytewise(all))).toEqual(all);
  expect(bytesOf('通')).toBeUndefined();
});

test('a character that an encoder split over two runs is put together', () => {
  const bytes = utf8('通办');
  const parts = [bytes.slice(0, 2), bytes.slice(2)];
  expect(redecoded(bytewise(bytes), parts)).toBe('通办');
});

test('what stands between byte runs stays as it is', () => {
  const name = utf8('丁');
  expect(redecoded(`0042${bytewise(name)}カナ${bytewise(name)}`, [name, name])).toBe(
    '0042丁カナ丁',
  );
});

test('a run with a declared character set was decoded already', () => {
  expect(redecoded('丁小禾', [utf8('丁小禾')])).toBe('丁小禾');
});
