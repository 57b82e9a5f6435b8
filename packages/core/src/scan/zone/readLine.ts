import type { Frame, Point } from '../frame.ts';
import { nothing } from './alphabet.ts';
import type { Band } from './bands.ts';
import { layers } from './layers.ts';
import { classes, classify, shapes, workspace } from './network.ts';
import { takeWindow } from './window.ts';

/** Places of a cell that the recogniser looks at on its way along a line. */
const stepsACell = 6;
/** Cells that a line may begin before or end behind its band. */
const margin = 1.5;
/** Positions read before and behind a line. */
export const spare = 1;
const spaces = { quick: workspace(shapes.quick), careful: workspace(shapes.careful) };

/** A line of print in cells: where its first cell begins, and the ways of one cell to the right and down. */
interface Track {
  readonly frame: Frame;
  readonly origin: Point;
  readonly right: Point;
  readonly down: Point;
}

export interface LineRead {
  /**
   * Logarithms of the probabilities of each position's characters; of `spare` more before the first and behind the
   * last, too, for a line of much filler may have been taken a character too early or too late.
   */
  readonly logs: readonly Float32Array[];
  /** Mean of the logarithms of the likeliest characters: 0 is perfect. */
  readonly score: number;
  /** The line as it was found. */
  readonly band: Band;
}

function trackOf(frame: Frame, { left, right }: Band, length: number): Track {
  const way = { x: (right.x - left.x) / length, y: (right.y - left.y) / length };
  return { frame, origin: left, right: way, down: { x: -way.y, y: way.x } };
}

/** Reads what stands `u` cells along the middle of a line and `v` cells below it. */
function look(
  { frame, origin, right, down }: Track,
  u: number,
  v: number,
  pitch = 1,
  how: keyof typeof spaces = 'quick',
): Float32Array {
  const space = spaces[how];
  const middle = {
    x: origin.x + u * right.x + v * down.x,
    y: origin.y + u * right.y + v * down.y,
  };
  takeWindow(
    frame,
    middle,
    { x: right.x * pitch, y: right.y * pitch },
    { x: down.x * pitch, y: down.y * pitch },
    space.input,
  );
  return classify(layers(how), space);
}

/** How sure a reading is that it shows a character, whichever. */
function certainty(out: Float32Array): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < nothing; i++) best = Math.max(best, out[i] as number);
  return Math.max(-6, best);
}

/** Some characters in the middle of a line: whether it can be one of a zone with so many to a line. */
export function tasteLine(frame: Frame, band: Band, length: number, count: number): number {
  const track = trackOf(frame, band, length);
  const from = length / 2 - count / 2 - 0.5;
  const nodes = Array.from({ length: (count + 1) * stepsACell }, (_, i) =>
    certainty(look(track, from + i / stepsACell, 0)),
  );
  return comb(nodes, count).score;
}

/** Reads a line of so many characters; in `small` print only what both networks see is seen. */
export function readLine(frame: Frame, band: Band, length: number, small: boolean): LineRead {
  const networks: readonly (keyof typeof spaces)[] = small ? ['careful', 'quick'] : ['quick'];
  const track = trackOf(frame, band, length);
  const nodes = Array.from({ length: Math.ceil((length + 2 * margin) * stepsACell) }, (_, i) =>
    certainty(look(track, i / stepsACell - margin, 0)),
  );
  const { places } = comb(nodes, length);
  const curve = curveThrough(places.map((place) => place / stepsACell - margin));
  const sink = sinking(track, curve, length);
  const pitch = (curve(length - 1) - curve(0)) / (length - 1);
  const logs = Array.from({ length: length + 2 * spare }, (_, at) => {
    const i = at - spare;
    const u = curve(i);
    const v = sink(i);
    const sum = new Float32Array(classes);
    for (const [du, dv, weight] of jitter) {
      for (const how of networks) {
        const out = look(track, u + du, v + dv, pitch, how);
        for (let k = 0; k < classes; k++)
          sum[k] = (sum[k] as number) + (weight / networks.length) * (out[k] as number);
      }
    }
    return normal(sum).subarray(0, nothing);
  });
  const own = logs.slice(spare, spare + length);
  const score = own.reduce((sum, log) => sum + Math.max(...log), 0) / length;
  const at = (u: number, v: number): Point => ({
    x: track.origin.x + u * track.right.x + v * track.down.x,
    y: track.origin.y + u * track.right.y + v * track.down.y,
  });
  return {
    logs,
    score,
    band: {
      left: at(curve(0) - pitch / 2, sink(0)),
      right: at(curve(length - 1) + pitch / 2, sink(length - 1)),
    },
  };
}

/** Five looks at each character, a little aside: what holds in all of them is seen, not guessed. */
const jitter = [
  [0, 0, 0.4],
  [-0.07, 0, 0.15],
  [0.07, 0, 0.15],
  [0, -0.07, 0.15],
  [0, 0.07, 0.15],
] as const;

function normal(logs: Float32Array): Float32Array {
  const most = Math.max(...logs);
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - most);
  const all = most + Math.log(sum);
  return logs.map((log) => log - all);
}

/**
 * The best places for so many characters in a row (Viterbi): one cell apart, a sixth more or less where perspective or
 * a bent page asks for it.
 */
function comb(nodes: readonly number[], count: number): { places: number[]; score: number } {
  const size = nodes.length;
  let scores = Float64Array.from(nodes);
  const back: Int8Array[] = [];
  for (let i = 1; i < count; i++) {
    const next = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    const from = new Int8Array(size);
    for (let k = 0; k < size; k++)
      for (let step = stepsACell - 1; step <= stepsACell + 1; step++) {
        if (k < step) continue;
        const score =
          (scores[k - step] as number) + (nodes[k] as number) - (step === stepsACell ? 0 : 0.25);
        if (score > (next[k] as number)) {
          next[k] = score;
          from[k] = step;
        }
      }
    back.unshift(from);
    scores = next;
  }
  let place = 0;
  for (let k = 1; k < size; k++) if ((scores[k] as number) > (scores[place] as number)) place = k;
  const score = (scores[place] as number) / count;
  const places = [place];
  for (const from of back) {
    place -= from[place] ?? stepsACell;
    places.unshift(place);
  }
  return { places, score };
}

/** The smooth curve of second order nearest to the places of the characters. */
function curveThrough(places: readonly number[]): (i: number) => number {
  const n = places.length;
  const half = (n - 1) / 2;
  let [s0, s2, s4, t0, t1, t2] = [0, 0, 0, 0, 0, 0];
  for (const [i, place] of places.entries()) {
    const x = (i - half) / half;
    s0 += 1;
    s2 += x * x;
    s4 += x ** 4;
    t0 += place;
    t1 += place * x;
    t2 += place * x * x;
  }
  const b = t1 / s2;
  const c = (s0 * t2 - s2 * t0) / (s0 * s4 - s2 * s2);
  const a = (t0 - c * s2) / s0;
  return (i) => {
    const x = (i - half) / half;
    return a + b * x + c * x * x;
  };
}

const heights = [-0.24, -0.12, 0, 0.12, 0.24];

/** How far the characters stand below the middle of their band: evenly more or less from left to right. */
function sinking(
  track: Track,
  curve: (i: number) => number,
  length: number,
): (i: number) => number {
  const places = Array.from({ length: Math.ceil(length / 2) }, (_, i) => 2 * i);
  const seen = places.map((i) => heights.map((v) => certainty(look(track, curve(i), v))));
  let [best, left, right] = [Number.NEGATIVE_INFINITY, 0, 0];
  for (const from of heights)
    for (const to of heights) {
      let sum = 0;
      for (const [k, i] of places.entries()) {
        const v = from + ((to - from) * i) / (length - 1);
        const at = Math.min(3.999, Math.max(0, (v - (heights[0] as number)) / 0.12));
        const low = Math.floor(at);
        const row = seen[k] as number[];
        sum += (row[low] as number) * (1 - at + low) + (row[low + 1] as number) * (at - low);
      }
      if (sum > best) [best, left, right] = [sum, from, to];
    }
  return (i) => left + ((right - left) * i) / (length - 1);
}
