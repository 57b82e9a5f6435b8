import { expect, test } from 'vitest';
import { characterOf, codePointOf } from './codePoint.ts';
import { checkName } from './name.ts';

test.each([
  ['3CE0', '㳠'],
  ['u+3ce0', '㳠'],
  ['Ｕ＋３ＣＥ０', '㳠'],
  [' 20BB7 ', '𠮷'],
  ['3007', '〇'],
  ['E863', '\ue863'],
])('%s is %s, and can stand in a name', (text, character) => {
  expect(characterOf(text)).toBe(character);
  expect(checkName(`丁${character}`)).toEqual({ ok: true, value: `丁${character}` });
});

test.each(['', '3CE', '0041', '00B7', '202E', 'D842', 'FFFFF0', '1F600', '3CEG'])(
  '%j is none',
  (text) => {
    expect(characterOf(text)).toBeUndefined();
  },
);

test('a code point is written out', () => {
  expect(['㳠', '𠮷', '丁'].map(codePointOf)).toEqual(['U+3CE0', 'U+20BB7', 'U+4E01']);
});
