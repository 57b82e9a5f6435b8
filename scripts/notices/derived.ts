import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from './collect.ts';

/** What our own files were made from: no package is installed for it, so the lockfile does not know it. */
const sources = [
  {
    name: 'pinyin-pro, whose readings are in packages/ui/src/board/syllables.json',
    version: '3',
    license: 'MIT',
    source: 'https://github.com/zh-lx/pinyin-pro',
    licenceFile: 'packages/ui/src/board/syllables.LICENSE',
  },
  {
    name: 'ICU, whose Unihan order is in packages/ui/src/board/radicals.json',
    version: '78',
    license: 'Unicode-3.0',
    source: 'https://github.com/unicode-org/icu',
    licenceFile: 'packages/ui/src/board/radicals.LICENSE',
  },
];

/** Notices of data that ships in our own files and was made from somebody else's. */
export function derivedNotices(root: string): Notice[] {
  return sources.map(({ licenceFile, ...notice }) => ({
    ...notice,
    text: readFileSync(join(root, licenceFile), 'utf8').trim(),
  }));
}
