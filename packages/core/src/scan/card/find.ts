import type { Frame, Point } from '../frame.ts';
import { crossing, distance, lineThrough } from '../line.ts';
import { largestShapes } from '../shape.ts';
import { fittedCorners } from './sides.ts';
import { cardAspect } from './straighten.ts';

/** Pixels across in which the outline is sought: text and guilloche are gone there, the edges are not. */
const across = 256;
const thresholds = 7;
const steps = [6, 10, 18, 32];
/** Levels of grey by which every edge of a card stands out from what it lies on. */
const leastContrast = 5;
const leastShare = 0.12;

/**
 * The outline of a card of ID-1 size in a picture: its corners, clockwise, the first side a long one. Which of the
 * two long sides is the upper one it does not tell. Cheap enough for every frame of a camera.
 */
export function findCard(frame: Frame): readonly Point[] | undefined {
  const step = Math.max(1, Math.ceil(Math.max(frame.width, frame.height) / across));
  const small = reduced(frame, step);
  const masks = [
    ...levels(small).flatMap((level) => partedAt(small, level)),
    ...steps.map((least) => edgesIn(small, least)),
  ];
  let best: { readonly corners: readonly Point[]; readonly score: number } | undefined;
  for (const dark of masks) {
    const region = { left: 0, top: 0, ...small, dark, threshold: 0 };
    for (const outline of largestShapes(region, 2)) {
      const corners = fourCorners(outline, small);
      const score = corners === undefined ? 0 : standingOut(small, corners);
      if (corners !== undefined && score > (best?.score ?? 0)) best = { corners, score };
    }
  }
  const corners = best && fittedCorners(small, best.corners);
  for (const seen of [small.data, ...masks]) seen.fill(0);
  return corners && upright(corners).map(({ x, y }) => ({ x: x * step, y: y * step }));
}

/** Of the two ways in which a card can lie along its long sides, the one with the first side above or on the right. */
function upright(corners: readonly Point[]): readonly Point[] {
  const [a, b, c, d] = corners as [Point, Point, Point, Point];
  const down = c.y + d.y - a.y - b.y;
  const across = a.x + b.x - c.x - d.x;
  const stands = Math.abs(down) > Math.abs(across) ? down > 0 : across > 0;
  return stands ? corners : [c, d, a, b];
}

/** What is lighter than a level, and what is darker. */
function partedAt({ data }: Frame, level: number): readonly [Uint8Array, Uint8Array] {
  const [lighter, darker] = [new Uint8Array(data.length), new Uint8Array(data.length)];
  for (let at = 0; at < data.length; at++) {
    const value = data[at] ?? 0;
    if (value > level) lighter[at] = 1;
    else if (value < level) darker[at] = 1;
  }
  return [lighter, darker];
}

/** Where the grey changes within two pixels by `least` levels: under uneven light no one level parts a card from the ground. */
function edgesIn({ data, width, height }: Frame, least: number): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const along = Math.abs((data[at + 1] ?? 0) - (data[at - 1] ?? 0));
      const down = Math.abs((data[at + width] ?? 0) - (data[at - width] ?? 0));
      if (along + down >= least) out[at] = 1;
    }
  }
  return out;
}

/** Each pixel the mean of `step` × `step`. */
function reduced({ data, width, height }: Frame, step: number): Frame {
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)];
  const sums = new Uint32Array(w * h);
  for (let y = 0; y < h * step; y++) {
    const row = Math.floor(y / step) * w;
    for (let x = 0, from = y * width; x < w; x++) {
      let sum = 0;
      for (let k = 0; k < step; k++) sum += data[from++] ?? 0;
      sums[row + x] = (sums[row + x] ?? 0) + sum;
    }
  }
  const out = new Uint8ClampedArray(w * h);
  for (let at = 0; at < out.length; at++) out[at] = (sums[at] ?? 0) / step ** 2;
  sums.fill(0);
  return { data: out, width: w, height: h };
}

/** Levels of grey that part the picture into lighter and darker, each with its share of the pixels. */
function levels({ data }: Frame): readonly number[] {
  const sorted = data.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  const even = Array.from({ length: thresholds }, (_, i) =>
    Math.round(low + ((high - low) * (i + 1)) / (thresholds + 1)),
  );
  return high - low < 2 * leastContrast ? [] : [...new Set(even)];
}

/** Where the four longest sides of an outline cross, if that is a card. The rounded corners lie within. */
function fourCorners(outline: readonly Point[], { width, height }: Frame) {
  const ring = outline.map((from, i) => {
    const to = outline[(i + 1) % outline.length] as Point;
    return { from, to, length: distance(from, to) };
  });
  const long = new Set(ring.toSorted((a, b) => b.length - a.length).slice(0, 4));
  const sides = ring.filter((side) => long.has(side)).map(({ from, to }) => lineThrough(from, to));
  if (sides.length < 4) return undefined;
  const corners: Point[] = [];
  for (const [i, side] of sides.entries()) {
    const corner = crossing(sides.at(i - 1) ?? side, side);
    if (corner === undefined) return undefined;
    corners.push(corner);
  }
  const [a, b, c, d] = corners as [Point, Point, Point, Point];
  const [first, second] = [distance(a, b) + distance(c, d), distance(b, c) + distance(d, a)];
  const aspect = Math.max(first, second) / Math.min(first, second);
  const area = areaOf(corners);
  const fits = areaOf(outline) / area;
  if (Math.abs(aspect - cardAspect) > 0.4 || fits < 0.93 || fits > 1.05) return undefined;
  if (area < leastShare * width * height) return undefined;
  return first >= second ? corners : [b, c, d, a];
}

function areaOf(points: readonly Point[]): number {
  const twice = points.reduce((sum, { x, y }, i) => {
    const next = points[(i + 1) % points.length] as Point;
    return sum + x * next.y - next.x * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** By how much the least clear side differs from what lies outside of it; 0 where it cannot be a card. */
function standingOut({ data, width, height }: Frame, corners: readonly Point[]): number {
  const middle = {
    x: corners.reduce((sum, { x }) => sum + x, 0) / 4,
    y: corners.reduce((sum, { y }) => sum + y, 0) / 4,
  };
  const value = ({ x, y }: Point): number | undefined => {
    const [column, row] = [Math.round(x - 0.5), Math.round(y - 0.5)];
    if (column < 0 || row < 0 || column >= width || row >= height) return undefined;
    return data[row * width + column];
  };
  let least = Number.POSITIVE_INFINITY;
  for (const [i, from] of corners.entries()) {
    const to = corners[(i + 1) % 4] as Point;
    const half = { x: (from.x + to.x) / 2 - middle.x, y: (from.y + to.y) / 2 - middle.y };
    const [ox, oy] = [half.x / Math.hypot(half.x, half.y), half.y / Math.hypot(half.x, half.y)];
    const steps: number[] = [];
    for (let k = 2; k <= 18; k++) {
      const on = { x: from.x + ((to.x - from.x) * k) / 20, y: from.y + ((to.y - from.y) * k) / 20 };
      const inner = value({ x: on.x - 3 * ox, y: on.y - 3 * oy });
      const outer = value({ x: on.x + 3 * ox, y: on.y + 3 * oy });
      if (inner !== undefined && outer !== undefined) steps.push(Math.abs(inner - outer));
    }
    // A side that runs along the frame's edge is the frame's, not the card's.
    if (steps.length < 9) return 0;
    least = Math.min(least, steps.toSorted((p, q) => p - q)[steps.length >> 1] ?? 0);
  }
  return least < leastContrast ? 0 : least;
}
