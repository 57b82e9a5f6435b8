/** What a character counts in a check digit: digits themselves, A to Z 10 to 35, the filler nothing (ICAO 9303-3). */
export function countOf(character: string): number {
  return character === '<' ? 0 : Number.parseInt(character, 36);
}

/** The check digit over characters, with the weights 7, 3, 1. */
export function checkDigitOf(text: string): string {
  let sum = 0;
  for (const [at, character] of [...text].entries())
    sum += countOf(character) * ([7, 3, 1][at % 3] ?? 0);
  return String(sum % 10);
}
