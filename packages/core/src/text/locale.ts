import Type, { type Static } from 'typebox';

/** Languages the interface speaks (BCP 47). Papers are always zh-CN. */
export const languages = ['zh-CN', 'en', 'ug'] as const;
export type Language = (typeof languages)[number];

/** A text in the catalogue. Where `ug` is missing zh-CN is shown, and the screen says so. */
export const LocalText = Type.Object(
  {
    'zh-CN': Type.String({ minLength: 1 }),
    en: Type.String({ minLength: 1 }),
    ug: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);
export type LocalText = Static<typeof LocalText>;

/** The text in the reader's language, else in zh-CN. */
export function localText(text: LocalText, language: Language): string {
  return text[language] ?? text['zh-CN'];
}
