import type { Filing } from '@tongban/core';
import { expect, test } from 'vitest';
import { handedOn, isFor } from './whose.ts';

const mine: Filing = { mode: 'assisted', staff: 'window3', staffName: '何敏', ticket: 'A031' };

test('[A10] a clerk sees their own and what was handed on, and nothing else', () => {
  expect(isFor('window3', { filing: mine })).toBe(true);
  expect(isFor('window4', { filing: mine })).toBe(false);
  const passed = handedOn(mine);
  expect(isFor('window4', { filing: passed })).toBe(true);
  expect(passed).toEqual({ mode: 'assisted', staff: '', staffName: '', ticket: 'A031' });
});
