import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../build/sources.ts';
import { renderNotices } from './collect.ts';
import { derivedNotices } from './derived.ts';

test('data made from somebody else’s is named in the notices that ship, with its licence', () => {
  const [pinyin] = derivedNotices(root);
  expect(existsSync(join(root, 'packages/ui/src/board/syllables.json'))).toBe(true);
  const shipped = readFileSync(join(root, 'THIRD-PARTY-NOTICES'), 'utf8');
  for (const words of ['pinyin-pro', 'syllables.json', 'Copyright (c) 2022-present zh-lx'])
    expect([
      words,
      shipped.includes(words),
      renderNotices(pinyin ? [pinyin] : []).includes(words),
    ]).toEqual([words, true, true]);
});
