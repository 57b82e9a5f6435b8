/** Characters by syllable without tones, ü as v: those of GB 2312, the common ones first. */
export type Syllables = Readonly<Record<string, string>>;

/** The table comes when somebody first types Chinese on the glass. */
export async function loadSyllables(): Promise<Syllables> {
  return (await import('./syllables.json')).default;
}

/** Most characters offered for letters that are only the beginning of a syllable. */
const mostGuesses = 60;

/**
 * Characters for the letters typed so far: all of a full syllable, then the commonest of every longer one that begins
 * so. Empty when no syllable does.
 */
export function candidates(syllables: Syllables, letters: string): readonly string[] {
  if (letters === '') return [];
  const exact = Array.from(syllables[letters] ?? '');
  const longer = Object.keys(syllables)
    .filter((syllable) => syllable !== letters && syllable.startsWith(letters))
    .flatMap((syllable) => Array.from(syllables[syllable] ?? '').slice(0, 3));
  const known = new Set(exact);
  return [...exact, ...longer.filter((char) => !known.has(char)).slice(0, mostGuesses)];
}

/** Whether another letter still leads to a syllable: a slip of the finger is then simply not taken. */
export function leadsOn(syllables: Syllables, letters: string): boolean {
  return Object.keys(syllables).some((syllable) => syllable.startsWith(letters));
}
