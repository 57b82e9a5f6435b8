import { type Language, localText } from '../text/language.ts';
import type { Catalogue } from './schema.ts';
import { type TargetEntry, targetsOf } from './targets.ts';

/** Weights by where the words were found; a name outweighs any number of lesser finds. */
const weights = { name: 100, keyword: 40, inSentence: 30, summary: 10, pair: 3 } as const;

/**
 * Finds what a person means, best first: words of names, keywords (pinyin and its initials among them) and
 * summaries; and the other way round, keywords inside a sentence ("我想给孩子上户口"). Chinese needs no spaces.
 */
export function searchCatalogue(
  catalogue: Catalogue,
  text: string,
  language: Language,
): readonly TargetEntry[] {
  const query = plain(text);
  if (query === '') return [];
  return targetsOf(catalogue)
    .map((entry) => ({ entry, score: score(entry, query, language) }))
    .filter((hit) => hit.score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map((hit) => hit.entry);
}

function score(entry: TargetEntry, query: string, language: Language): number {
  const names = [localText(entry.name, language), entry.name['zh-CN']].map(plain);
  const keywords = entry.keywords.map(plain);
  const summary = plain(localText(entry.summary, language));
  const words = query.split(' ');
  let total = 0;
  for (const word of words) {
    if (names.some((name) => name.includes(word))) total += weights.name;
    else if (keywords.some((keyword) => keyword.startsWith(word))) total += weights.keyword;
    else if (summary.includes(word)) total += weights.summary;
  }
  const inside = keywords.filter((keyword) => longEnough(keyword) && query.includes(keyword));
  total += new Set(inside).size * weights.inSentence;
  if (total > 0) return total;
  const found = pairs(query).filter((pair) =>
    [...names, ...keywords].some((name) => name.includes(pair)),
  );
  return found.length * weights.pair;
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Two Chinese characters say something; two Latin letters do not. */
function longEnough(keyword: string): boolean {
  return Array.from(keyword).length >= (/\p{Script=Han}/u.test(keyword) ? 2 : 4);
}

/** Neighbouring Chinese characters: what is left when a query has a word too many or a typing error. */
function pairs(query: string): readonly string[] {
  const chars = Array.from(query);
  return chars.slice(1).flatMap((char, index) => {
    const pair = `${chars[index]}${char}`;
    return /^\p{Script=Han}{2}$/u.test(pair) ? [pair] : [];
  });
}
