import type { Frame, Point } from '../frame.ts';
import { distance } from '../line.ts';
import { block, type Relief, reliefOf } from '../relief.ts';

/** What can be said of a picture before anything in it is read. */
export interface Sight {
  /** Mean grey, 0 to 255. */
  readonly light: number;
  /** What stands out most from the ground, a card or something printed; `undefined` where nothing does. */
  readonly thing: Thing | undefined;
}

export interface Thing {
  /** Its longer side as a share of the picture's. */
  readonly size: number;
  /** Share of it that is burnt out: a lamp's reflection. */
  readonly glare: number;
  /** How much of the finest detail there is against the coarser: 0.3 and more in focus, 0.03 where print runs together. */
  readonly sharpness: number;
  /** 1 seen from straight above; the shorter of two opposite sides over the longer. */
  readonly level: number;
}

/** Levels of grey between the lightest and darkest place of a block by which print is told from ground. */
const printed = 32;
/** As light as a pixel gets. */
const burnt = 250;

/** Looks at the whole picture, and closer at the thing: a card's `corners` where they are known, else what is printed. */
export function sightOf(frame: Frame, corners?: readonly Point[]): Sight {
  const thing = corners === undefined ? printIn(frame, reliefOf(frame)) : boxOf(corners, frame);
  return {
    light: lightOf(frame),
    thing: thing && {
      size: sizeOf(frame, thing, corners),
      glare: glareOf(frame, thing),
      sharpness: sharpnessOf(frame, thing),
      level: corners === undefined ? 1 : levelOf(corners),
    },
  };
}

/** Pixels; the right and lower edges lie outside. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Every 61st pixel is enough to tell a lit room from a dark one. */
function lightOf({ data }: Frame): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < data.length; at += 61, count++) sum += data[at] ?? 0;
  return count === 0 ? 0 : sum / count;
}

function boxOf(corners: readonly Point[], { width, height }: Frame): Box {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    right: Math.min(width, Math.ceil(Math.max(...xs))),
    bottom: Math.min(height, Math.ceil(Math.max(...ys))),
  };
}

/** The largest patch of blocks with print in them. A block without any parts no patch: lines of print lie apart. */
function printIn(frame: Frame, { columns, rows, low, high }: Relief): Box | undefined {
  const seen = Uint8Array.from(high, (lightest, at) =>
    lightest - (low[at] ?? 0) > printed ? 1 : 0,
  );
  let best: (Box & { readonly count: number }) | undefined;
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] !== 1) continue;
    const patch = patchAt(seen, columns, rows, start);
    if (patch.count > (best?.count ?? 3)) best = patch;
  }
  return (
    best && {
      left: best.left * block,
      top: best.top * block,
      right: Math.min(frame.width, best.right * block),
      bottom: Math.min(frame.height, best.bottom * block),
    }
  );
}

/** All that hangs together with a block, over gaps of one; marks it as seen. */
function patchAt(seen: Uint8Array, columns: number, rows: number, start: number) {
  const waiting = [start];
  seen[start] = 2;
  let [left, top, right, bottom, count] = [columns, rows, 0, 0, 0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
    count++;
    for (let y = Math.max(0, row - 2); y <= Math.min(rows - 1, row + 2); y++) {
      for (let x = Math.max(0, column - 2); x <= Math.min(columns - 1, column + 2); x++) {
        const next = y * columns + x;
        if (seen[next] !== 1) continue;
        seen[next] = 2;
        waiting.push(next);
      }
    }
  }
  return { left, top, right, bottom, count };
}

function sizeOf({ width, height }: Frame, box: Box, corners?: readonly Point[]): number {
  const [a, b, c] = (corners ?? []) as [Point?, Point?, Point?];
  const long =
    a && b && c
      ? Math.max(distance(a, b), distance(b, c))
      : Math.max(box.right - box.left, box.bottom - box.top);
  return long / Math.max(width, height);
}

/** Burnt out where most of it is not: white paper in a bright room is no reflection. */
function glareOf({ data, width }: Frame, { left, top, right, bottom }: Box): number {
  let [lit, all] = [0, 0];
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2, all++) {
      if ((data[y * width + x] ?? 0) >= burnt) lit++;
    }
  }
  return all === 0 || lit > all / 2 ? 0 : lit / all;
}

/**
 * Change of the slope from pixel to pixel against change over eight, in squares, where there is print. Means of two lines
 * are compared, so that the camera's grain does not pass for detail.
 */
function sharpnessOf({ data, width }: Frame, { left, top, right, bottom }: Box): number {
  let [fine, coarse] = [0, 0];
  const two = (at: number, aside: number) => (data[at] ?? 0) + (data[at + aside] ?? 0);
  const measure = (at: number, step: number, aside: number) => {
    const wide = two(at + 4 * step, aside) - two(at - 4 * step, aside);
    // Ground: neither fine nor coarse says anything.
    if (Math.abs(wide) < 2 * printed) return;
    const bend = 2 * two(at, aside) - two(at - 2 * step, aside) - two(at + 2 * step, aside);
    fine += bend * bend;
    coarse += wide * wide;
  };
  for (let y = top + 5; y < bottom - 5; y += 2) {
    for (let x = left + 5; x < right - 5; x += 2) {
      measure(y * width + x, 1, width);
      measure(y * width + x, width, 1);
    }
  }
  return coarse === 0 ? 0 : fine / coarse;
}

function levelOf(corners: readonly Point[]): number {
  const [a, b, c, d] = corners as [Point, Point, Point, Point];
  const ratio = (one: number, other: number) => Math.min(one, other) / Math.max(one, other);
  return Math.min(ratio(distance(a, b), distance(c, d)), ratio(distance(b, c), distance(d, a)));
}
