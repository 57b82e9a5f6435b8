import { alphabet } from './alphabet.ts';
import { letterPairs } from './letterPairs.ts';

/** Where one is in a name: at its start, in a word, behind its filler; the given names; the rest of the line. */
type State = 0 | 1 | 2 | 3 | 4 | 5 | 6;
const [start, surname, surnameGap, parted, given, givenGap, rest] = [0, 1, 2, 3, 4, 5, 6] as const;
/** Where a letter and where a filler lead. */
const steps: readonly (readonly [letter: State | undefined, filler: State | undefined])[] = [
  [surname, undefined],
  [surname, surnameGap],
  [surname, parted],
  [given, rest],
  [given, givenGap],
  [given, rest],
  [undefined, rest],
];

const filler = alphabet.indexOf('<');
/** What a step of the table counts beside the recogniser: it decides where that is unsure, and nothing else. */
const habit = 0.4;
/** The middle of the table. */
const usual = 4;
/** Letters a position that are followed up. */
const followed = 6;
/** The row and the column of the filler in the table. */
const none = 26;
const width = none + 1;
const likings = Float64Array.from(letterPairs.join(''), (digit) => habit * (usual - Number(digit)));

/**
 * The likeliest name that is written as names are: words with one filler between, two before the given names, nothing
 * but filler behind; letters that often follow each other before those that seldom do. `logs` has the logarithms of the
 * probabilities of each position's characters.
 */
export function likeliestName(logs: readonly Float32Array[]): string {
  // A node is a state and the letter before: of all ways to one only the likeliest can be part of the likeliest name.
  let scores = new Float64Array(steps.length * width).fill(Number.NEGATIVE_INFINITY);
  scores[start * width + none] = 0;
  const back: Int16Array[] = [];
  for (const log of logs) {
    const letters = likeliestLetters(log);
    const next = new Float64Array(scores.length).fill(Number.NEGATIVE_INFINITY);
    const from = new Int16Array(scores.length);
    for (let node = 0; node < scores.length; node++) {
      const score = scores[node] as number;
      if (score === Number.NEGATIVE_INFINITY) continue;
      const before = node % width;
      const [letter, gap] = steps[(node - before) / width] ?? [];
      const go = (state: State, column: number, sum: number) => {
        const to = state * width + column;
        if (sum <= (next[to] as number)) return;
        next[to] = sum;
        from[to] = node;
      };
      if (letter !== undefined)
        for (const at of letters)
          go(letter, at, score + (log[at] as number) + (likings[before * width + at] as number));
      if (gap === undefined) continue;
      const ends = gap === surnameGap || gap === givenGap;
      const liking = ends ? (likings[before * width + none] as number) : 0;
      go(gap, none, score + (log[filler] as number) + liking);
    }
    back.push(from);
    scores = next;
  }
  let node = scores.indexOf(Math.max(...scores));
  let text = '';
  for (const from of back.toReversed()) {
    const letter = node % width;
    text = (letter === none ? '<' : alphabet.charAt(letter)) + text;
    node = from[node] as number;
  }
  return text;
}

function likeliestLetters(log: Float32Array): readonly number[] {
  const best: number[] = [];
  for (let letter = 0; letter < 26; letter++) {
    const value = log[letter] as number;
    let at = best.length;
    while (at > 0 && value > (log[best[at - 1] as number] as number)) at--;
    if (at >= followed) continue;
    best.splice(at, 0, letter);
    if (best.length > followed) best.pop();
  }
  return best;
}
