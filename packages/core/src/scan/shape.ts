import type { Point } from './frame.ts';
import { distance, lineThrough, off } from './line.ts';
import type { Region } from './region.ts';

/** Outlines of the largest dark shapes: their convex hulls, simplified, clockwise in the picture. */
export function largestShapes(region: Region, most: number): readonly (readonly Point[])[] {
  return shapes(region)
    .toSorted((a, b) => b.pixels - a.pixels)
    .slice(0, most)
    .map((shape) => simplified(hull(shape.border)))
    .filter((outline) => outline.length >= 3);
}

interface Shape {
  pixels: number;
  /** First and last pixel of each of its rows. */
  readonly border: Point[];
}

/** A run of dark pixels in a row. */
interface Run {
  readonly y: number;
  readonly from: number;
  /** Past its end. */
  readonly to: number;
  parent: number;
}

/** Dark pixels that hang together by their sides. */
function shapes({ dark, width, height }: Region): Shape[] {
  const runs: Run[] = [];
  let [above, aboveEnd] = [0, 0];
  for (let y = 0; y < height; y++) {
    const rowStart = runs.length;
    let scan = above;
    for (let x = 0; x < width; x++) {
      if (dark[y * width + x] === 0) continue;
      const from = x;
      while (x < width && dark[y * width + x] === 1) x++;
      const run: Run = { y, from, to: x, parent: runs.length };
      runs.push(run);
      while (scan < aboveEnd && (runs[scan] as Run).to <= from) scan++;
      for (let k = scan; k < aboveEnd && (runs[k] as Run).from < x; k++)
        join(runs, k, runs.length - 1);
    }
    [above, aboveEnd] = [rowStart, runs.length];
  }
  const found = new Map<number, Shape>();
  for (const [index, run] of runs.entries()) {
    const root = rootOf(runs, index);
    const shape = found.get(root) ?? { pixels: 0, border: [] };
    found.set(root, shape);
    shape.pixels += run.to - run.from;
    shape.border.push(
      { x: run.from, y: run.y },
      { x: run.to, y: run.y },
      { x: run.from, y: run.y + 1 },
      { x: run.to, y: run.y + 1 },
    );
  }
  return [...found.values()].filter(({ pixels }) => pixels >= 40);
}

function rootOf(runs: readonly Run[], index: number): number {
  let root = index;
  while ((runs[root] as Run).parent !== root) root = (runs[root] as Run).parent;
  for (let at = index; at !== root; ) {
    const run = runs[at] as Run;
    at = run.parent;
    run.parent = root;
  }
  return root;
}

function join(runs: readonly Run[], a: number, b: number): void {
  const [one, other] = [rootOf(runs, a), rootOf(runs, b)];
  (runs[Math.max(one, other)] as Run).parent = Math.min(one, other);
}

/** Andrew's monotone chain; clockwise in the picture, where y points down. */
function hull(points: readonly Point[]): readonly Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const half = (from: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of from) {
      while (chain.length > 1 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0)
        chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Without the corners that stairs of pixels and rounded ends make (Douglas and Peucker 1973, on a ring). */
function simplified(outline: readonly Point[]): readonly Point[] {
  if (outline.length < 4) return outline;
  // Two real corners to begin with: the point farthest from any, and the one farthest from it.
  const first = farthestFrom(outline[0] as Point, outline);
  const from = outline.indexOf(first);
  const ring = [...outline.slice(from), ...outline.slice(0, from)];
  const other = farthestFrom(first, ring);
  const tolerance = Math.max(1.5, distance(first, other) * 0.02);
  const at = ring.indexOf(other);
  return [
    ...reduced(ring.slice(0, at + 1), tolerance).slice(0, -1),
    ...reduced([...ring.slice(at), first], tolerance).slice(0, -1),
  ];
}

function farthestFrom(from: Point, points: readonly Point[]): Point {
  return points.reduce((best, point) =>
    distance(point, from) > distance(best, from) ? point : best,
  );
}

function reduced(chain: readonly Point[], tolerance: number): readonly Point[] {
  const first = chain[0];
  const last = chain.at(-1);
  if (chain.length < 3 || first === undefined || last === undefined) return chain;
  const line = lineThrough(first, last);
  let [worst, most] = [0, 0];
  for (let i = 1; i < chain.length - 1; i++) {
    const away = Math.abs(off(line, chain[i] as Point));
    if (away > most) [worst, most] = [i, away];
  }
  if (most <= tolerance) return [first, last];
  return [
    ...reduced(chain.slice(0, worst + 1), tolerance).slice(0, -1),
    ...reduced(chain.slice(worst), tolerance),
  ];
}
