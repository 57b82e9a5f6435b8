import { expect, test } from 'vitest';
import { balanceLines, breakLines } from './lines.ts';
import type { Measure } from './measure.ts';

/** Han one em, everything else half an em. */
const measure: Measure = {
  width: (text, size) =>
    Array.from(text).reduce(
      (sum, char) => sum + (/[\u2010-\uffff\u{20000}-\u{3ffff}]/u.test(char) ? size : size / 2),
      0,
    ),
  runs: (text) => [{ kind: 'text', text }],
  plain: (text) => text,
};
const lines = (text: string, ems: number) => breakLines(text, 10, ems * 10, measure);

test('a line is as full as it can be', () => {
  expect(lines('一二三四五六七八', 5)).toEqual(['一二三四五', '六七八']);
});

test('closing signs never begin a line and opening ones never end it', () => {
  expect(lines('一二三四五，六七', 5)).toEqual(['一二三四', '五，六七']);
  expect(lines('一二三四（五六）', 5)).toEqual(['一二三四', '（五六）']);
  expect(lines('一二三四「五」。', 6)).toEqual(['一二三四', '「五」。']);
});

test('a dash of two and an ellipsis of two stay whole', () => {
  expect(lines('一二三四——五六', 5)).toEqual(['一二三', '四——五六']);
  expect(lines('一二三四……五', 5)).toEqual(['一二三', '四……五']);
});

test('words and numbers break only where nothing else is left', () => {
  expect(lines('号码 32019920261123 完', 5)).toEqual(['号码', '3201992026', '1123 完']);
  expect(lines('use the form', 4)).toEqual(['use the', 'form']);
});

test('line feeds are kept, and an empty line stays', () => {
  expect(lines('一\n\n二\r\n三', 5)).toEqual(['一', '', '二', '三']);
});

test('characters beyond the Basic Multilingual Plane count as one and are never cut', () => {
  expect(lines('𠮷𠮷𠮷𠮷', 3)).toEqual(['𠮷𠮷𠮷', '𠮷']);
});

test('a title of two lines is shared out evenly', () => {
  expect(balanceLines('一二三四五六七', 10, 60, measure)).toEqual(['一二三四', '五六七']);
});
