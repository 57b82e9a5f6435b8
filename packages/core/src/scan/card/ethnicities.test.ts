import { expect, test } from 'vitest';
import { ethnicityCode } from './ethnicities.ts';

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
