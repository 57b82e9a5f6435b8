import { expect, test } from 'vitest';
import { settling } from './settling.ts';

test('a sentence is said once two looks agree, and stays to be read', () => {
  const settled = settling('none');
  expect(settled('glare', 0)).toBe('none');
  expect(settled('glare', 100)).toBe('glare');
  expect(settled('blurred', 200)).toBe('glare');
  expect(settled('blurred', 300)).toBe('glare');
  expect(settled('blurred', 1_400)).toBe('blurred');
});

test('what changes with every look changes nothing', () => {
  const settled = settling('none');
  const said = Array.from({ length: 20 }, (_, i) => settled(i % 2 ? 'glare' : 'blurred', 500 * i));
  expect(new Set(said)).toEqual(new Set(['none']));
});
