import { alphabet } from './alphabet.ts';

/** Where one is in a name: at its start, in a word, behind its filler; the given names; the rest of the line. */
const steps: Readonly<Record<State, Readonly<{ letter?: State; filler?: State }>>> = {
  start: { letter: 'surname' },
  surname: { letter: 'surname', filler: 'surnameGap' },
  surnameGap: { letter: 'surname', filler: 'parted' },
  parted: { letter: 'given', filler: 'rest' },
  given: { letter: 'given', filler: 'givenGap' },
  givenGap: { letter: 'given', filler: 'rest' },
  rest: { filler: 'rest' },
};
type State = 'start' | 'surname' | 'surnameGap' | 'parted' | 'given' | 'givenGap' | 'rest';

const filler = alphabet.indexOf('<');

/**
 * The likeliest name that is written as names are: words with one filler between, two before the given names, nothing
 * but filler behind. `logs` has the logarithms of the probabilities of each position's characters.
 */
export function likeliestName(logs: readonly Float32Array[]): string {
  let paths = new Map<State, { text: string; score: number }>([['start', { text: '', score: 0 }]]);
  for (const log of logs) {
    let letter = 0;
    for (let i = 1; i < 26; i++) if ((log[i] ?? 0) > (log[letter] ?? 0)) letter = i;
    const next: typeof paths = new Map();
    const go = (state: State | undefined, text: string, score: number) => {
      if (state !== undefined && score > (next.get(state)?.score ?? Number.NEGATIVE_INFINITY))
        next.set(state, { text, score });
    };
    for (const [state, { text, score }] of paths) {
      go(steps[state].letter, text + alphabet.charAt(letter), score + (log[letter] ?? 0));
      go(steps[state].filler, `${text}<`, score + (log[filler] ?? 0));
    }
    paths = next;
  }
  return [...paths.values()].reduce((best, path) => (path.score > best.score ? path : best)).text;
}
