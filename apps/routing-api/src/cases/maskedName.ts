/** Name with all but its first and last character hidden, for those who only need to tell two people apart. */
export function maskedName(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= 1) return name;
  const last = characters.length > 2 ? (characters.at(-1) ?? '') : '';
  return `${characters[0]}${'＊'.repeat(characters.length - 1 - (last === '' ? 0 : 1))}${last}`;
}
