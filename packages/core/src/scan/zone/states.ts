import { states } from 'mrz';
import { alphabet } from './alphabet.ts';

/** UTO is the state of ICAO's own specimens. */
const codes = [...Object.keys(states), 'UTO'].map((code) => code.padEnd(3, '<'));
const numbers = codes.map((code) => [...code].map((character) => alphabet.indexOf(character)));

/** What it counts that a state documents its own nationals, and what it costs to be none that is known. */
const [own, unknown] = [3, 7];

interface Seen {
  readonly code: string;
  readonly score: number;
}

/**
 * Who issued a document and whose national its holder is, from the logarithms of the probabilities of the characters. A
 * clear reading may be no known state: specimens have some of their own.
 */
export function likeliestStates(
  issuing: readonly Float32Array[],
  nationality: readonly Float32Array[],
): readonly [string, string] {
  const [first, second] = [scoresOf(issuing), scoresOf(nationality)];
  const apart = [mostOf(issuing, first), mostOf(nationality, second)] as const;
  let both: Seen = { code: '', score: Number.NEGATIVE_INFINITY };
  for (const [i, code] of codes.entries()) {
    const score = (first[i] as number) + (second[i] as number) + own;
    if (score > both.score) both = { code, score };
  }
  if (both.score >= apart[0].score + apart[1].score) return [both.code, both.code];
  return [apart[0].code, apart[1].code];
}

function scoresOf(logs: readonly Float32Array[]): readonly number[] {
  return numbers.map((places) =>
    places.reduce((sum, place, i) => sum + (logs[i]?.[place] as number), 0),
  );
}

function mostOf(logs: readonly Float32Array[], scores: readonly number[]): Seen {
  const score = Math.max(...scores);
  const known = { code: codes[scores.indexOf(score)] as string, score };
  let [code, free] = ['', -unknown];
  for (const log of logs) {
    const letters = log.subarray(0, 26);
    const most = Math.max(...letters);
    code += alphabet.charAt(letters.indexOf(most));
    free += most;
  }
  return free > known.score ? { code, score: free } : known;
}
