import Type, { type Static } from 'typebox';

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
