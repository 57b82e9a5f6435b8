import { expect, test } from 'vitest';
import { loadRadicals, radicalLabel } from './radicals.ts';
import { unihanOrder } from './testing/unihanOrder.ts';

const radicals = await loadRadicals();

test('the table is the order of the Unihan database, every character once', () => {
  expect(radicals).toEqual(unihanOrder());
  expect(Object.keys(radicals).slice(0, 3)).toEqual(['一', '丨', '丶']);
  expect(Object.keys(radicals)).toHaveLength(214);
  const all = Object.values(radicals).join('');
  expect(new Set(all).size).toBe(0x4dbf - 0x3400 + 1 + 0x9fff - 0x4e00 + 1);
  expect(all).toHaveLength(new Set(all).size);
});

test('rare characters of names lie under the radical that people see, few strokes first', () => {
  expect(radicalLabel('水')).toBe('水氵');
  expect(radicals.水).toContain('㳠');
  expect(radicals.火).toContain('燚');
  expect(radicals.玉?.indexOf('玏')).toBeLessThan(radicals.玉?.indexOf('璟') ?? -1);
});
