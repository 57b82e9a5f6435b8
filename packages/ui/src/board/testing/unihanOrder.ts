const kangxi = { first: 0x2f00, last: 0x2fd5 };
/** CJK Unified Ideographs with Extension A: what the fonts of most devices can draw. Others are found by their code. */
const blocks = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
] as const;

/**
 * Characters by Kangxi radical, those with few strokes first, in the order of the Unihan database (Unicode Standard
 * Annex 38). Node carries that order as a collation; browsers leave it out, so they get it as `radicals.json`.
 */
export function unihanOrder(): Readonly<Record<string, string>> {
  const collator = new Intl.Collator('zh-u-co-unihan');
  const all = blocks.flatMap(([first, last]) => between(first, last)).sort(collator.compare);
  const heads = between(kangxi.first, kangxi.last).map((head) => head.normalize('NFKC'));
  const starts = heads.map((head) => all.indexOf(head));
  return Object.fromEntries(
    heads.map((radical, i) => [radical, all.slice(starts[i], starts[i + 1]).join('')]),
  );
}

function between(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
}
