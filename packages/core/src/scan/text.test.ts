import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, bytewise, redecoded, textOf } from './text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

test('UTF-8 is read strictly, in every script that people write', () => {
  const letter = (from: number, to: number) =>
    fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code));
  const ascii = letter(0x20, 0x7e);
  const written = fc.oneof(
    fc.string({ unit: letter(0x4e00, 0x9fff) }),
    fc.string({ unit: 'binary' }).map((text) => `${text}通`),
    ...[letter(0x410, 0x44f), letter(0x621, 0x64a), letter(0x391, 0x3a1)].map((own) =>
      fc.string({ unit: fc.oneof(ascii, own) }),
    ),
    fc.tuple(ascii, letter(0xe0, 0xf6)).map(([one, other]) => `School ${one} ${other}`),
  );
  fc.assert(
    fc.property(written, (text) => {
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
  ['half-width katakana', [0xc3, 0xde, 0xbb, 0xde, 0xb2, 0xdd, 0x51, 0x52], 'ﾃﾞｻﾞｲﾝQR'],
  ['GBK that happens to be UTF-8', [0xcf, 0xa6, 0xc3, 0xb7], '夕梅'],
  ['a word in Cyrillic', [...new TextEncoder().encode('Справка')], 'Справка'],
  ['a word in Uyghur', [...new TextEncoder().encode('گۇۋاھنامە')], 'گۇۋاھنامە'],
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

test('of a hundred thousand names in GBK fewer than one in five hundred is taken for something else', () => {
  const decoder = new TextDecoder('gb18030');
  let state = 20_261_127;
  const upTo = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const names = 100_000;
  let wrong = 0;
  for (let count = 0; count < names; count += 1) {
    // Two or three characters of the first level, where names lie.
    const pairs = Array.from({ length: 2 + upTo(2) }, () => [0xb0 + upTo(40), 0xa1 + upTo(94)]);
    const bytes = Uint8Array.from(pairs.flat());
    if (textOf(bytes) !== decoder.decode(bytes)) wrong += 1;
  }
  expect(wrong / names).toBeLessThan(1 / 500);
});
