import { expect, test } from 'vitest';
import { writtenDate } from './writtenDate.ts';

test.each([
  ['20261109', '2026-11-09'],
  ['2026.11.9', '2026-11-09'],
  ['2026/1/2', '2026-01-02'],
  ['2026年11月9日', '2026-11-09'],
  ['2026-11-09', '2026-11-09'],
  [' 20261109 ', '2026-11-09'],
])('%s is %s', (typed, date) => {
  expect(writtenDate(typed)).toBe(date);
});

test.each(['', '昨天', '261109', '2026110'])('%s stays as it was typed', (typed) => {
  expect(writtenDate(typed)).toBe(typed);
});
