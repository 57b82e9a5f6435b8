import type { LocalText } from './locale.ts';

/** Languages the interface speaks (BCP 47). Papers are always zh-CN. */
export const languages = ['zh-CN', 'en', 'ug'] as const;
export type Language = (typeof languages)[number];

/** The text in the reader's language, else in zh-CN. */
export function localText(text: LocalText, language: Language): string {
  return text[language] ?? text['zh-CN'];
}
