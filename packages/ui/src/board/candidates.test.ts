import { describe, expect, test } from 'vitest';
import { candidates, leadsOn, loadSyllables } from './candidates.ts';

describe('Chinese on the glass', () => {
  test('a syllable offers its characters, a name can be typed', async () => {
    const syllables = await loadSyllables();
    for (const [letters, char] of [
      ['lin', '林'],
      ['zhi', '知'],
      ['xia', '夏'],
      ['ding', '丁'],
      ['he', '禾'],
      ['lv', '绿'],
    ] as const)
      expect(candidates(syllables, letters)).toContain(char);
  });

  test('every character of GB 2312 can be reached', async () => {
    const reachable = new Set(
      Object.values(await loadSyllables()).flatMap((all) => Array.from(all)),
    );
    expect(reachable.size).toBe(6763);
  });

  test('the beginning of a syllable offers a guess, a slip leads nowhere', async () => {
    const syllables = await loadSyllables();
    expect(candidates(syllables, 'zh').length).toBeGreaterThan(20);
    expect(leadsOn(syllables, 'zhon')).toBe(true);
    expect(leadsOn(syllables, 'zhx')).toBe(false);
    expect(candidates(syllables, '')).toEqual([]);
  });
});
