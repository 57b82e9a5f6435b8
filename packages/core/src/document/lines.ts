import type { Measure } from './measure.ts';

/** Signs that never begin a line (避头) and never end one (避尾), GB/T 15834. */
const notFirst = new Set('，。、；：？！）》〉」』】〕］｝”’…—～·%‰℃,.;:?!)]}');
const notLast = new Set('（《〈「『【〔［｛“‘￥([{');
const wide = /[\p{Script=Han}\u3000-\u30ff\u3200-\u33ff\uff00-\uffef]/u;
/** Signs that belong together: —— and …… */
const pairs = new Set(['—', '…']);

function mayBreak(before: string, after: string): boolean {
  if (after === ' ') return false;
  if (notFirst.has(after) || notLast.has(before)) return false;
  if (before === ' ') return true;
  if (before === after && pairs.has(before)) return false;
  return wide.test(before) || wide.test(after);
}

/** Fewest characters from `from` that fit, at least one; a break inside a word only where nothing else is left. */
function lineEnd(
  chars: readonly string[],
  from: number,
  size: number,
  width: number,
  measure: Measure,
): number {
  let used = 0;
  let lawful = from;
  for (let i = from; i < chars.length; i++) {
    const char = chars[i] ?? '';
    used += measure.width(char, size);
    if (i > from && mayBreak(chars[i - 1] ?? '', char)) lawful = i;
    if (used > width + 0.01 && char !== ' ') return lawful > from ? lawful : Math.max(i, from + 1);
  }
  return chars.length;
}

/** Breaks text into lines no wider than `width` points by the rules of Chinese typesetting. Line feeds are kept. */
export function breakLines(text: string, size: number, width: number, measure: Measure): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => {
    const chars = Array.from(measure.plain(paragraph));
    const lines: string[] = [];
    let from = 0;
    while (from < chars.length) {
      const end = lineEnd(chars, from, size, width, measure);
      lines.push(chars.slice(from, end).join('').trimEnd());
      from = end;
      while (chars[from] === ' ') from++;
    }
    return lines.length > 0 ? lines : [''];
  });
}

/** Breaks a title into as few lines as fit, of about equal length, so that none holds a single character. */
export function balanceLines(
  text: string,
  size: number,
  width: number,
  measure: Measure,
): string[] {
  const lines = breakLines(text, size, width, measure);
  if (lines.length < 2) return lines;
  const share = measure.width(text, size) / lines.length;
  for (let narrow = share; narrow < width; narrow += size / 2) {
    const balanced = breakLines(text, size, narrow, measure);
    if (balanced.length <= lines.length) return balanced;
  }
  return lines;
}
