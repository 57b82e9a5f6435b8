import { expect, test } from 'vitest';
import { ethnicityCode, isEthnicityCode } from './ethnicities.ts';

test.each([
  ['汉', '01'],
  ['维吾尔', '05'],
  ['满族', '11'],
  ['土家', '15'],
  ['土', '30'],
  ['基诺', '56'],
  ['仇', undefined],
])('%s', (printed, code) => {
  expect(ethnicityCode(printed)).toBe(code);
});

test.each([
  ['01', true],
  ['56', true],
  ['97', true],
  ['98', true],
  ['00', false],
  ['57', false],
  ['99', false],
  ['1', false],
  ['', false],
])('the code %s', (code, known) => {
  expect(isEthnicityCode(code)).toBe(known);
});
