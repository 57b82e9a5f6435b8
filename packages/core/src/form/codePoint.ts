/**
 * The character of a Unicode code point in hexadecimal, with `U+` or without, four or five digits: `3CE0` is 㳠. Undefined
 * for all but Chinese characters and the private ones that older systems gave to rare names: nothing else is looked
 * for by its code when a name is typed.
 */
export function characterOf(text: string): string | undefined {
  const [, digits] =
    /^(?:U\+)?([0-9A-F]{4,5})$/.exec(text.normalize('NFKC').trim().toUpperCase()) ?? [];
  if (digits === undefined) return undefined;
  const character = String.fromCodePoint(Number.parseInt(digits, 16));
  return /^[\p{Script=Han}\p{Co}]$/u.test(character) ? character : undefined;
}

/** How a character's code point is written: `U+3CE0`. */
export function codePointOf(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${digits.padStart(4, '0')}`;
}
