import { alphabet } from './alphabet.ts';
import { countOf } from './checkDigit.ts';
import {
  type Cell,
  type Layout,
  lettersAndFiller,
  type Part,
  type Place,
  sexes,
} from './layout.ts';
import { likeliestName } from './names.ts';
import { likeliestStates } from './states.ts';

/** Logarithms of the probabilities of the 37 characters, for each position of each line. */
export type Logs = readonly (readonly Float32Array[])[];

export interface Solution {
  readonly lines: readonly string[];
  /** Whether one reading near enough to what was seen satisfies every check digit. */
  readonly fits: boolean;
  /** Natural logarithm of how much likelier a part is than the likeliest other that satisfies the checks too. */
  readonly margin: (part: Part) => number;
  /** Least probability of a character that was taken, over a place. */
  readonly confidence: (place: Place) => number;
  /** Sum of the logarithms of what was taken, a position. */
  readonly score: number;
}

const numbers = new Map([...alphabet].map((character, number) => [character, number]));

/** Less likely characters are no candidates: the recogniser is never this sure that it is right. */
const least = -9;
/** Most that the check digits may cost: beyond it they would be bent to what is not there. */
const dearest = 7;

/** The likeliest zone of a layout: alphabets of the positions, known states, check digits. */
export function solve(layout: Layout, raw: Logs): Solution {
  const logs = raw.map((line) => line.map(humble));
  const at = (line: number, column: number) => logs[line]?.[column] as Float32Array;
  const lines = logs.map((line) => line.map((log) => likeliest(log, alphabet)));
  const write = (line: number, column: number, text: string) => {
    for (const [i, character] of [...text].entries())
      (lines[line] as string[])[column + i] = character;
  };
  const over = ({ line, start, end }: Place) =>
    Array.from({ length: end - start }, (_, i) => at(line, start + i));
  write(0, 0, likeliest(at(0, 0), layout.codes));
  write(0, 1, secondOfCode(at(0, 1)));
  write(layout.sex.line, layout.sex.start, likeliest(at(layout.sex.line, layout.sex.start), sexes));
  const [issuing, nationality] = likeliestStates(
    over(layout.issuingState),
    over(layout.nationality),
  );
  write(layout.issuingState.line, layout.issuingState.start, issuing);
  write(layout.nationality.line, layout.nationality.start, nationality);
  write(layout.names.line, layout.names.start, likeliestName(over(layout.names)));

  const cells = layout.cells.map((cell) => candidatesOf(cell, at(cell.line, cell.column)));
  const free = cells.reduce((sum, { candidates }) => sum + (candidates[0]?.log ?? 0), 0);
  const best = cheapest(cells);
  const fits = best !== undefined && free - best.score <= dearest;
  for (const [i, { cell, candidates }] of cells.entries())
    write(cell.line, cell.column, (fits ? best.text[i] : candidates[0]?.character) ?? '<');
  const margins = new Map<Part, number>();
  const margin = (part: Part) => {
    const known = margins.get(part) ?? (fits ? marginOf(layout, cells, best, part) : 0);
    margins.set(part, known);
    return known;
  };
  const confidence = ({ line, start, end }: Place) => {
    let worst = 0;
    for (let column = start; column < end; column++)
      worst = Math.min(worst, logOf(at(line, column), lines[line]?.[column] ?? '<'));
    return Math.exp(worst);
  };
  let score = 0;
  for (const [line, text] of lines.entries())
    for (const [column, character] of text.entries()) score += logOf(at(line, column), character);
  return {
    lines: lines.map((line) => line.join('')),
    fits,
    margin,
    confidence,
    score: score / (layout.lines * layout.length),
  };
}

function logOf(log: Float32Array, character: string): number {
  return log[numbers.get(character) ?? alphabet.length] ?? Number.NEGATIVE_INFINITY;
}

/** Nobody is surer than one in some thousands. */
function humble(log: Float32Array): Float32Array {
  return log.map((value) => Math.log(0.9995 * Math.exp(value) + 0.0005 / alphabet.length));
}

function likeliest(log: Float32Array, among: string): string {
  let best = among.charAt(0);
  for (const character of among) if (logOf(log, character) > logOf(log, best)) best = character;
  return best;
}

/** A letter or none; some cards of the United States have a digit. */
function secondOfCode(log: Float32Array): string {
  const [usual, any] = [likeliest(log, lettersAndFiller), likeliest(log, alphabet)];
  return logOf(log, any) > logOf(log, usual) + 4 ? any : usual;
}

interface Candidate {
  readonly character: string;
  readonly value: number;
  readonly log: number;
}

interface Open {
  readonly cell: Cell;
  readonly candidates: readonly Candidate[];
}

function candidatesOf(cell: Cell, seen: Float32Array): Open {
  const log = cell.leaning === 0 ? seen : seen.slice();
  const filler = alphabet.length - 1;
  log[filler] = (log[filler] as number) + cell.leaning;
  const first = likeliest(log, cell.allowed);
  const candidates = [...cell.allowed]
    .filter((character) => character === first || logOf(log, character) > least)
    .map((character) => ({ character, value: countOf(character), log: logOf(log, character) }))
    .toSorted((a, b) => b.log - a.log)
    .slice(0, 8);
  return { cell, candidates };
}

interface Path {
  readonly text: readonly string[];
  readonly score: number;
}

/** States are the two running sums, of the field and of the whole, each modulo 10. */
const sums = 100;

/** The likeliest path through all positions that satisfies every check digit; `without` rules one character out. */
function cheapest(
  cells: readonly Open[],
  without?: { readonly at: number; readonly character: string },
): Path | undefined {
  let scores = new Float64Array(sums).fill(Number.NEGATIVE_INFINITY);
  scores[0] = 0;
  const back: Int32Array[] = [];
  for (const [at, { cell, candidates }] of cells.entries()) {
    const next = new Float64Array(sums).fill(Number.NEGATIVE_INFINITY);
    const from = new Int32Array(sums).fill(-1);
    for (let state = 0; state < sums; state++) {
      const score = scores[state] as number;
      if (score === Number.NEGATIVE_INFINITY) continue;
      const field = Math.floor(state / 10);
      const whole = state % 10;
      for (const [index, { character, value, log }] of candidates.entries()) {
        if (without?.at === at && without.character === character) continue;
        if (cell.role === 'check' && value !== field) continue;
        if (cell.role === 'composite' && value !== whole) continue;
        const to =
          10 * (cell.role === 'check' ? 0 : (field + cell.weight * value) % 10) +
          ((whole + cell.compositeWeight * value) % 10);
        if (score + log <= (next[to] as number)) continue;
        next[to] = score + log;
        from[to] = state * 8 + index;
      }
    }
    back.push(from);
    scores = next;
  }
  let end = 0;
  for (let state = 1; state < sums; state++)
    if ((scores[state] as number) > (scores[end] as number)) end = state;
  const score = scores[end] as number;
  if (score === Number.NEGATIVE_INFINITY) return undefined;
  const text: string[] = [];
  for (let at = cells.length - 1; at >= 0; at--) {
    const step = back[at]?.[end] ?? 0;
    text.unshift(cells[at]?.candidates[step % 8]?.character ?? '<');
    end = Math.floor(step / 8);
  }
  return { text, score };
}

function marginOf(layout: Layout, cells: readonly Open[], best: Path, part: Part): number {
  const place = layout.parts[part];
  let margin = Number.POSITIVE_INFINITY;
  for (const [at, { cell, candidates }] of cells.entries()) {
    const inside =
      place?.line === cell.line && place.start <= cell.column && cell.column < place.end;
    // A single candidate leaves no other.
    if (!inside || candidates.length < 2) continue;
    const other = cheapest(cells, { at, character: best.text[at] ?? '' });
    if (other !== undefined) margin = Math.min(margin, best.score - other.score);
  }
  return margin;
}
