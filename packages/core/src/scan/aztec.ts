import {
  AztecDecoder,
  AztecDetectorResult,
  type BitMatrix,
  type DecoderResult,
  GenericGF,
  GridSamplerInstance,
  ReedSolomonDecoder,
  ResultPoint,
} from '@zxing/library';
import { rowChanges } from './changes.ts';
import type { Point } from './frame.ts';
import { crossing, lineThrough } from './line.ts';
import { onto } from './perspective.ts';
import { changes, fitSquare } from './square.ts';

/** Bull's eyes tried in one picture; noise that looks like one is rare. */
const most = 8;

/**
 * Reads an Aztec code (ISO/IEC 24778) wherever its bull's eye lies, turned and in perspective. The
 * library's own detector wants the code in the middle of the picture, nearly upright.
 */
export function readAztec(
  image: BitMatrix,
): { readonly result: DecoderResult; readonly points: readonly Point[] } | undefined {
  for (const eye of bullsEyes(image)) {
    for (const kind of kinds) {
      const square = fitSquare(image, eye, kind.ring, kind.ring - 0.5);
      if (square === undefined) continue;
      const corners = spread(square, (kind.message * 2) / (kind.ring * 2 - 1));
      for (const mirrored of [false, true]) {
        const read = attempt(image, mirrored ? corners.toReversed() : corners, kind);
        if (read !== undefined) return { result: read, points: corners };
      }
    }
  }
  return undefined;
}

/** `ring`: colour change, counted from the centre, that is the outermost closed square. `message`: modules from the centre to the mode message. */
interface Kind {
  readonly compact: boolean;
  readonly ring: number;
  readonly message: number;
}

const kinds: readonly Kind[] = [
  { compact: true, ring: 4, message: 5 },
  { compact: false, ring: 6, message: 7 },
];

interface Eye extends Point {
  /** Pixels. */
  readonly module: number;
}

/** Places where seven runs around a dark one have the same length, across and down; those that most rows see first. */
function bullsEyes(image: BitMatrix): readonly Eye[] {
  const seen: { x: number; y: number; module: number; rows: number }[] = [];
  // Those that rows from here on may still meet; in grain there are thousands of others.
  let open: typeof seen = [];
  const changesAt = rowChanges(image);
  for (let y = 2; y < image.getHeight() - 2; y++) {
    open = open.filter((eye) => y - eye.y < 4 * Math.max(2, eye.module));
    for (const { middle, module } of evenRuns(changesAt(y), image.get(0, y))) {
      const down = vertically(image, Math.round(middle), y, module);
      if (down === undefined) continue;
      const eye = { x: middle, y: down.middle, module: Math.min(module, down.module), rows: 1 };
      const known = open.find((other) => near(other, eye, Math.max(2, other.module)));
      if (known === undefined) {
        seen.push(eye);
        open.push(eye);
      } else {
        known.x += (eye.x - known.x) / ++known.rows;
        known.y += (eye.y - known.y) / known.rows;
        known.module += (eye.module - known.module) / known.rows;
      }
    }
  }
  return seen
    .map((eye) => ({ ...eye, rings: ringsAround(image, eye) }))
    .filter(({ rings }) => rings >= rays / 2)
    .toSorted((a, b) => b.rings - a.rings || b.rows / b.module - a.rows / a.module)
    .slice(0, most);
}

const rays = 16;

/**
 * In how many of the rays from an eye the colour changes four times at even steps. Where two lines of
 * the reference grid cross, rows and columns look like an eye, other directions do not.
 */
function ringsAround(image: BitMatrix, eye: Eye): number {
  let even = 0;
  for (let i = 0; i < rays; i++) {
    const angle = ((i + 0.5) * 2 * Math.PI) / rays;
    const [a, b, c, d] = changes(image, eye, angle, 4, eye.module * 8);
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    const step = (d - a) / 3;
    const gaps = [b - a, c - b, d - c];
    if (gaps.every((gap) => Math.abs(gap - step) <= step * 0.5 + 0.5)) even++;
  }
  return even;
}

function near(a: Point, b: Point, distance: number): boolean {
  return Math.abs(a.x - b.x) < distance && Math.abs(a.y - b.y) < distance;
}

/** Seven runs of the same length around a dark one, between the places where a row places colour. */
function* evenRuns(
  places: readonly number[],
  firstDark: boolean,
): Generator<{ middle: number; module: number }> {
  // The run before the first change has the colour of the first pixel.
  for (let i = firstDark ? 0 : 1; i + 7 < places.length; i += 2) {
    const from = places[i] ?? 0;
    const module = ((places[i + 7] ?? 0) - from) / 7;
    if (module < 1.2) continue;
    const tolerance = module * 0.55 + 0.5;
    let even = true;
    for (let k = i; k < i + 7 && even; k++) {
      const length = (places[k + 1] ?? 0) - (places[k] ?? 0);
      even = Math.abs(length - module) <= tolerance;
    }
    if (even) yield { middle: ((places[i + 3] ?? 0) + (places[i + 4] ?? 0) - 1) / 2, module };
  }
}

/** The same seven runs in the column. */
function vertically(
  image: BitMatrix,
  x: number,
  y: number,
  module: number,
): { middle: number; module: number } | undefined {
  if (!image.get(x, y)) return undefined;
  const up = edges(image, x, y, -1);
  const down = edges(image, x, y, 1);
  if (up === undefined || down === undefined) return undefined;
  const found = (down[3] - up[3] - 1) / 7;
  if (found < module * 0.6 || found > module * 1.7) return undefined;
  for (let k = 1; k < 4; k++) {
    const above = Math.abs((up[k] ?? 0) - (up[k - 1] ?? 0));
    const below = Math.abs((down[k] ?? 0) - (down[k - 1] ?? 0));
    const tolerance = found * 0.55 + 0.5;
    if (Math.abs(above - found) > tolerance || Math.abs(below - found) > tolerance)
      return undefined;
  }
  return { middle: (up[0] + down[0]) / 2, module: found };
}

/** The first four places, going `step` from (x, y), where the colour is another. */
function edges(
  image: BitMatrix,
  x: number,
  y: number,
  step: 1 | -1,
): readonly [number, number, number, number] | undefined {
  const found: number[] = [];
  let dark = true;
  for (let at = y; at >= 0 && at < image.getHeight() && found.length < 4; at += step) {
    if (image.get(x, at) === dark) continue;
    found.push(at);
    dark = !dark;
  }
  const [a, b, c, d] = found;
  return a === undefined || b === undefined || c === undefined || d === undefined
    ? undefined
    : [a, b, c, d];
}

/** The corners moved from the square's own middle by a factor, along its diagonals. */
function spread(corners: readonly Point[], factor: number): readonly Point[] {
  const [a, b, c, d] = corners as [Point, Point, Point, Point];
  const middle = crossing(lineThrough(a, c), lineThrough(b, d)) ?? a;
  return corners.map((corner) => ({
    x: middle.x + (corner.x - middle.x) * factor,
    y: middle.y + (corner.y - middle.y) * factor,
  }));
}

function attempt(
  image: BitMatrix,
  corners: readonly Point[],
  kind: Kind,
): DecoderResult | undefined {
  const mode = modeOf(image, corners, kind);
  if (mode === undefined) return undefined;
  const { compact, message } = kind;
  const size = dimension(compact, mode.layers);
  const turned = [0, 1, 2, 3].map((i) => corners[(i + mode.turn) % 4] as Point);
  const grid = onto(turned, size, size, size / 2 - message);
  try {
    const bits = GridSamplerInstance.getInstance().sampleGridWithTransform(image, size, size, grid);
    const points = corners.map((corner) => new ResultPoint(corner.x, corner.y));
    return new AztecDecoder().decode(
      new AztecDetectorResult(bits, points, compact, mode.words, mode.layers),
    );
  } catch {
    // Outside the picture, or more errors than the code can mend: not this one.
    return undefined;
  }
}

/** Orientation marks at the corners of the mode message, three bits a corner, for each of four turns. */
const marks = [0xee0, 0x1dc, 0x83b, 0x707] as const;

/** Layers and data words from the mode message, and which corner is the first one. */
function modeOf(
  image: BitMatrix,
  corners: readonly Point[],
  { compact, message }: Kind,
): { readonly turn: number; readonly layers: number; readonly words: number } | undefined {
  const length = message * 2;
  const sides: boolean[][] = [];
  for (let i = 0; i < 4; i++) {
    const side = line(image, corners[i] as Point, corners[(i + 1) % 4] as Point, length);
    if (side === undefined) return undefined;
    sides.push(side);
  }
  const bits = sides.flatMap((side) => [side[0], side[1], side[length - 1]]);
  const seen = [...bits.slice(-1), ...bits.slice(0, -1)];
  const corner = seen.reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0);
  const turn = marks.findIndex((mark) => ones(mark ^ corner) <= 2);
  if (turn < 0) return undefined;
  // Each side: two marks, the message, one mark; in a full code the reference line crosses its middle.
  const data = [0, 1, 2, 3].flatMap((i) => {
    const side = sides[(turn + i) % 4] as boolean[];
    return compact ? side.slice(2, 9) : [...side.slice(2, 7), ...side.slice(8, 13)];
  });
  const words = new Int32Array(data.length / 4);
  for (const [i, bit] of data.entries())
    if (bit) words[i >> 2] = (words[i >> 2] ?? 0) | (8 >> (i & 3));
  try {
    new ReedSolomonDecoder(GenericGF.AZTEC_PARAM).decode(words, compact ? 5 : 6);
  } catch {
    // Too many errors for a mode message: this is no bull's eye.
    return undefined;
  }
  const value = words.slice(0, compact ? 2 : 4).reduce((sum, word) => sum * 16 + word, 0);
  return compact
    ? { turn, layers: (value >> 6) + 1, words: (value & 0x3f) + 1 }
    : { turn, layers: (value >> 11) + 1, words: (value & 0x7ff) + 1 };
}

/** `length` modules from one corner on, the other corner not among them. */
function line(image: BitMatrix, from: Point, to: Point, length: number): boolean[] | undefined {
  const bits: boolean[] = [];
  for (let i = 0; i < length; i++) {
    const x = Math.floor(from.x + ((to.x - from.x) * i) / length);
    const y = Math.floor(from.y + ((to.y - from.y) * i) / length);
    if (x < 0 || y < 0 || x >= image.getWidth() || y >= image.getHeight()) return undefined;
    bits.push(image.get(x, y));
  }
  return bits;
}

function ones(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function dimension(compact: boolean, layers: number): number {
  if (compact) return 4 * layers + 11;
  if (layers <= 4) return 4 * layers + 15;
  return 4 * layers + 2 * (Math.trunc((layers - 4) / 8) + 1) + 15;
}
