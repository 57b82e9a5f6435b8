import words from './words.zh-CN.json' with { type: 'json' };

function fill(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value for {${name}} in the words of a paper`);
    return String(value);
  });
}

export function caseNumberWords(caseNumber: string): string {
  return `${words.caseNumber} ${caseNumber}`;
}

export function pageWords(page: number, pages: number): string {
  return fill(words.page, { page, pages });
}

export function signatureWords(label: string): string {
  return fill(words.signature, { label });
}

export const continuedWords: string = words.continued;

export const typedNameWords: string = words.typedName;

/** 2026-01-09 → 2026年1月9日. Throws on anything but a calendar date. */
export function dateWords(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) throw new Error('The date of a paper must be YYYY-MM-DD');
  return fill(words.date, {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
  });
}
