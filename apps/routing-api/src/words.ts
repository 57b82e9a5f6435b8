import en from '../locales/en.json' with { type: 'json' };
import zh from '../locales/zh-CN.json' with { type: 'json' };

export const words = { 'zh-CN': zh, en } as const;
export type WordsLanguage = keyof typeof words;

/** Sentence of a start failure in both languages, with its facts filled in: whoever starts a server has no profile yet. */
export function startSentence(
  code: keyof typeof zh.start,
  facts: Record<string, string | number> = {},
): string {
  return `${fill(zh.start[code], facts)} ${fill(en.start[code], facts)}`;
}

/** First of the languages a request accepts that we speak, else zh-CN. */
export function languageOf(acceptLanguage: string | undefined): WordsLanguage {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase() ?? '';
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}

function fill(text: string, facts: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}
