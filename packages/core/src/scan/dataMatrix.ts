import {
  Binarizer,
  BinaryBitmap,
  BitMatrix,
  DataMatrixReader,
  DecodeHintType,
  type Result,
  RGBLuminanceSource,
} from '@zxing/library';
import type { Frame, Point } from './frame.ts';
import { crossing, distance, fitted, type Line, lineThrough, off } from './line.ts';
import { onto } from './perspective.ts';
import { busyRegions, type Region } from './region.ts';
import type { Relief } from './relief.ts';
import { largestShapes } from './shape.ts';

/** Sizes of ECC 200 symbols (ISO/IEC 16022), columns × rows. */
const squares = [
  10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48, 52, 64, 72, 80, 88, 96, 104, 120, 132,
  144,
];
const sizes: readonly (readonly [number, number])[] = [
  ...squares.map((n) => [n, n] as const),
  [18, 8],
  [32, 8],
  [26, 12],
  [36, 12],
  [36, 16],
  [48, 16],
];

/**
 * Reads a Data Matrix wherever it lies: a shape whose outline has two solid sides at a corner, then the
 * two dotted sides against it, then the grid between. The library's own detector wants the code in the
 * middle of the picture.
 */
export function readDataMatrix(
  frame: Frame,
  relief: Relief,
  effort: 'glance' | 'thorough',
): { readonly result: Result; readonly points: readonly Point[] } | undefined {
  for (const region of busyRegions(frame, relief, effort === 'glance' ? 4 : 24)) {
    for (const outline of largestShapes(region, 4)) {
      for (const corner of solidCorners(region, outline)) {
        const quad = quadrilateral(region, corner);
        const read = quad && attempt(frame, region, quad);
        if (read !== undefined) {
          const back = ({ x, y }: Point) => ({ x: x + region.left, y: y + region.top });
          return { result: read, points: quad?.map(back) ?? [] };
        }
      }
    }
  }
  return undefined;
}

/** The corner of the two solid sides, and their far ends: `up` the left one's, `along` the lower one's, as the symbol stands upright. */
interface Corner {
  readonly at: Point;
  readonly up: Point;
  readonly along: Point;
}

/**
 * Where two long sides of an outline that are dark just inside meet. Print and focus round corners off:
 * short sides between are passed over.
 */
function* solidCorners(region: Region, outline: readonly Point[]): Generator<Corner> {
  const all = outline.map((from, i) => {
    const to = outline[(i + 1) % outline.length] as Point;
    return { from, to, length: distance(from, to) };
  });
  const longest = Math.max(...all.map(({ length }) => length));
  const sides = all.filter(({ length }) => length >= Math.max(10, longest / 8));
  for (const [i, lower] of sides.entries()) {
    const left = sides[(i + 1) % sides.length];
    if (left === undefined || left === lower) continue;
    const at = crossing(lineThrough(lower.from, lower.to), lineThrough(left.from, left.to));
    if (at === undefined || distance(at, lower.to) > longest / 6) continue;
    // The outline goes round clockwise: seen upright it comes along the lower side and goes on up the left one.
    const corner: Corner = { at, along: lower.from, up: left.to };
    const cosine =
      ((corner.up.x - at.x) * (corner.along.x - at.x) +
        (corner.up.y - at.y) * (corner.along.y - at.y)) /
      (distance(at, corner.up) * distance(at, corner.along));
    if (Math.abs(cosine) > 0.6) continue;
    if (
      solid(region, at, corner.along, corner.up) &&
      solid(region, at, corner.up, corner.along) &&
      patterned(region, corner)
    )
      yield corner;
  }
}

/** Whether there is dark and light between the two sides: half of a code's modules are dark. */
function patterned(region: Region, { at, up, along }: Corner): boolean {
  const across = 16;
  let darkOnes = 0;
  for (let i = 0.5; i < across; i++) {
    for (let j = 0.5; j < across; j++) {
      const x = at.x + ((up.x - at.x) * i + (along.x - at.x) * j) / across;
      const y = at.y + ((up.y - at.y) * i + (along.y - at.y) * j) / across;
      if (isDark(region, x, y)) darkOnes++;
    }
  }
  return darkOnes > across ** 2 * 0.2 && darkOnes < across ** 2 * 0.85;
}

/** Whether a strip just inside one side is dark from end to end. */
function solid(region: Region, from: Point, to: Point, inward: Point): boolean {
  const side = distance(from, to);
  const depth = distance(from, inward);
  for (const inset of [1.2, depth * 0.03]) {
    let darkOnes = 0;
    const steps = Math.ceil(side);
    for (let i = 0; i < steps; i++) {
      const s = 0.04 + (0.92 * i) / steps;
      const x = from.x + (to.x - from.x) * s + ((inward.x - from.x) / depth) * inset;
      const y = from.y + (to.y - from.y) * s + ((inward.y - from.y) / depth) * inset;
      if (isDark(region, x, y)) darkOnes++;
    }
    if (darkOnes >= steps * 0.88) return true;
  }
  return false;
}

function isDark({ dark, width, height }: Region, x: number, y: number): boolean {
  const [px, py] = [Math.floor(x), Math.floor(y)];
  return px >= 0 && py >= 0 && px < width && py < height && dark[py * width + px] === 1;
}

/** The four outer corners: upper left, upper right, lower right, lower left as the symbol stands upright. */
function quadrilateral(region: Region, { at, up, along }: Corner): readonly Point[] | undefined {
  const far = { x: up.x + along.x - at.x, y: up.y + along.y - at.y };
  // The solid sides are known from the outline, to its tolerance; the dotted ones only roughly.
  const near = 1.5 + distance(up, along) * 0.01;
  const left = edge(region, at, up, along, 0.8, near);
  if (left === undefined) return undefined;
  const lower = edge(region, at, along, up, 0.8, near);
  if (lower === undefined) return undefined;
  const upper = edge(region, up, far, at, 0.3, distance(at, up) * 0.15);
  if (upper === undefined) return undefined;
  const right = edge(region, along, far, at, 0.3, distance(at, along) * 0.15);
  if (right === undefined) return undefined;
  const corners = [
    crossing(upper, left),
    crossing(upper, right),
    crossing(lower, right),
    crossing(lower, left),
  ];
  return corners.every((corner) => corner !== undefined) ? (corners as Point[]) : undefined;
}

const probes = 90;

/**
 * The outer edge near a line from `from` to `to`, seen from outside. At a dotted side only half of the
 * probes meet it, the others fall deeper: the line is the one that most of them lie on and few outside of.
 *
 * @param inward a point on the inner side
 * @param share of the probes that must lie on it
 * @param outside pixels outside of the guess to begin at
 */
function edge(
  region: Region,
  from: Point,
  to: Point,
  inward: Point,
  share: number,
  outside: number,
): Line | undefined {
  const length = distance(from, to);
  const guess = lineThrough(from, to);
  // Normal towards the inner side.
  const sign = off(guess, inward) > 0 ? 1 : -1;
  const [nx, ny] = [-guess.dy * sign, guess.dx * sign];
  const depth = Math.abs(off(guess, inward));
  const met: Point[] = [];
  for (let i = 0; i < probes; i++) {
    const s = 0.03 + (0.94 * (i + 0.5)) / probes;
    const x = from.x + (to.x - from.x) * s;
    const y = from.y + (to.y - from.y) * s;
    for (let inset = -outside; inset < depth * 0.3; inset += 0.5) {
      if (!isDark(region, x + nx * inset, y + ny * inset)) continue;
      met.push({ x: x + nx * inset, y: y + ny * inset });
      break;
    }
  }
  if (met.length < probes * share) return undefined;
  const tolerance = Math.max(0.8, length * 0.01);
  let best: { readonly line: Line; readonly score: number } | undefined;
  for (let i = 0; i < met.length / 2; i += 2) {
    for (let j = met.length - 1; j > met.length / 2; j -= 2) {
      const line = lineThrough(met[i] as Point, met[j] as Point);
      if (Math.abs(line.dx * guess.dx + line.dy * guess.dy) < 0.94) continue;
      let score = 0;
      for (const point of met) {
        const inside = off(line, point) * sign;
        if (Math.abs(inside) <= tolerance) score += 1;
        else if (inside < 0) score -= 2;
      }
      if (best === undefined || score > best.score) best = { line, score };
    }
  }
  if (best === undefined || best.score < probes * share) return undefined;
  const { line } = best;
  return fitted(met.filter((point) => Math.abs(off(line, point)) <= tolerance));
}

/** Reads the grid between four corners, in the sizes that its dotted sides bear out best. */
function attempt(frame: Frame, region: Region, quad: readonly Point[]): Result | undefined {
  const [a, b, c, d] = quad as [Point, Point, Point, Point];
  const shape = (distance(a, b) + distance(c, d)) / (distance(b, c) + distance(a, d));
  const likely = sizes
    .filter(([columns, rows]) => Math.abs(Math.log((shape * rows) / columns)) < 0.4)
    .map(([columns, rows]) => gridOf(frame, region, quad, columns, rows))
    .map((grid) => ({ grid, score: dotted(grid) }))
    .filter(({ score }) => score > 0.7)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, 3);
  for (const { grid } of likely) {
    const read = decoded(bitsOf(grid));
    if (read !== undefined) return read;
  }
  return undefined;
}

/** A grid laid between four corners. */
interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly isDark: (column: number, row: number) => boolean;
}

function gridOf(
  frame: Frame,
  region: Region,
  quad: readonly Point[],
  columns: number,
  rows: number,
): Grid {
  const { left, top } = region;
  const inFrame = quad.map(({ x, y }) => ({ x: x + left, y: y + top }));
  const transform = onto(inFrame, columns, rows);
  const points = new Float32Array(18);
  return {
    columns,
    rows,
    /** The mean of nine grey values about the module's middle decides. */
    isDark(column, row) {
      for (let k = 0; k < 9; k++) {
        points[2 * k] = column + 0.5 + ((k % 3) - 1) * 0.2;
        points[2 * k + 1] = row + 0.5 + (Math.floor(k / 3) - 1) * 0.2;
      }
      transform.transformPoints(points);
      let sum = 0;
      for (let k = 0; k < 9; k++) {
        const x = Math.min(frame.width - 1, Math.max(0, Math.floor(points[2 * k] ?? 0)));
        const y = Math.min(frame.height - 1, Math.max(0, Math.floor(points[2 * k + 1] ?? 0)));
        sum += frame.data[y * frame.width + x] ?? 0;
      }
      return sum <= region.threshold * 9;
    },
  };
}

/** Share of the modules of the two dotted sides that are as they must be in this size. */
function dotted({ columns, rows, isDark: at }: Grid): number {
  let right = 0;
  for (let column = 0; column < columns; column++)
    if (at(column, 0) === (column % 2 === 0)) right++;
  for (let row = 1; row < rows; row++) if (at(columns - 1, row) === (row % 2 === 1)) right++;
  return right / (columns + rows - 1);
}

/**
 * The modules, two pixels wide: the library misreads finished grids of one pixel a module. The finder is
 * known and set as it must be.
 */
function bitsOf({ columns, rows, isDark: at }: Grid): BitMatrix {
  const bits = new BitMatrix(columns * 2, rows * 2);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const known =
        row === rows - 1 || column === 0
          ? true
          : row === 0
            ? column % 2 === 0
            : column === columns - 1
              ? row % 2 === 1
              : undefined;
      if (known ?? at(column, row)) bits.setRegion(column * 2, row * 2, 2, 2);
    }
  }
  return bits;
}

/** Hands a finished grid to the library's decoder. */
class Ready extends Binarizer {
  readonly #bits: BitMatrix;

  constructor(bits: BitMatrix) {
    super(new RGBLuminanceSource(new Uint8ClampedArray(1), 1, 1));
    this.#bits = bits;
  }
  override getBlackMatrix(): BitMatrix {
    return this.#bits;
  }
  override getBlackRow(): never {
    throw new Error('A grid has no rows of pixels.');
  }
  override createBinarizer(): never {
    throw new Error('A grid cannot be cut.');
  }
}

const pure = new Map<DecodeHintType, unknown>([[DecodeHintType.PURE_BARCODE, true]]);

function decoded(bits: BitMatrix): Result | undefined {
  try {
    return new DataMatrixReader().decode(new BinaryBitmap(new Ready(bits)), pure);
  } catch {
    // More errors than the code can mend: not this size, or no code.
    return undefined;
  }
}
