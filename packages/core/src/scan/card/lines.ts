import type { Frame } from '../frame.ts';
import { halved, localMean } from '../view.ts';

/** Where a line of print lies, in the pixels of the picture that was looked at. */
export interface Box {
  readonly left: number;
  readonly top: number;
  /** Past the end. */
  readonly right: number;
  readonly bottom: number;
}

/** In half-size pixels of a straightened card: what joins the characters of a line, and what a line may measure. */
const gap = 11;
const strokes = 4;
const [lowest, tallest] = [7, 44];

/** Ink: what is darker than its surroundings by more than the grain, a card's rim left out. A byte a pixel at half the size. */
export function inkOf(frame: Frame): Frame {
  const { frame: half } = halved(frame);
  const mean = localMean(half, 14);
  const below = mean.map((value, at) => value - (half.data[at] ?? 0));
  half.data.fill(0);
  const least = Math.max(5, 4.5 * grainOf(below));
  const data = new Uint8Array(below.length);
  const rim = Math.round(0.02 * half.width);
  for (let y = rim; y < half.height - rim; y++) {
    for (let at = y * half.width + rim; at < (y + 1) * half.width - rim; at++)
      if ((below[at] ?? 0) > least) data[at] = 1;
  }
  below.fill(0);
  mean.fill(0);
  return { data, width: half.width, height: half.height };
}

/** The median of what grey differs by from its surroundings: most of a card is paper. */
function grainOf(differences: Float32Array): number {
  const some = differences
    .filter((_, at) => at % 7 === 0)
    .map(Math.abs)
    .sort();
  const grain = some[some.length >> 1] ?? 0;
  some.fill(0);
  return grain;
}

/** Lines of print from top to bottom. What is taller than print (a photograph, an emblem) goes, with all within it. */
export function linesIn(ink: Frame): readonly Box[] {
  const pieces = piecesOf(joined(ink));
  const pictures = pieces.filter(
    (box) => heightOf(box) > tallest && box.right - box.left < 0.5 * ink.width,
  );
  const print = pieces.filter(
    (box) => heightOf(box) <= tallest && !pictures.some((picture) => within(box, picture)),
  );
  return inRows(print)
    .filter((box) => heightOf(box) >= lowest && box.right - box.left >= heightOf(box) * 0.6)
    .map(({ left, top, right, bottom }) => ({
      left: 2 * left,
      top: 2 * top,
      right: 2 * right,
      bottom: 2 * bottom,
    }))
    .toSorted((a, b) => a.top + a.bottom - b.top - b.bottom);
}

/** A line with some paper about it, its greys stretched from ink to paper. */
export function cropOf({ data, width, height }: Frame, box: Box, margin = 0.16): Frame {
  const around = Math.max(3, Math.round(heightOf(box) * margin));
  const left = Math.max(0, box.left - 2 * around);
  const top = Math.max(0, box.top - around);
  const w = Math.min(width, box.right + 2 * around) - left;
  const h = Math.min(height, box.bottom + around) - top;
  const out = new Uint8ClampedArray(w * h);
  for (let y = 0; y < h; y++) {
    const from = (top + y) * width + left;
    out.set(data.subarray(from, from + w), y * w);
  }
  const sorted = out.toSorted();
  const low = sorted[Math.floor(out.length * 0.02)] ?? 0;
  const high = sorted[Math.floor(out.length * 0.7)] ?? 255;
  sorted.fill(0);
  const scale = 235 / Math.max(24, high - low);
  for (let i = 0; i < out.length; i++) out[i] = ((out[i] ?? 0) - low) * scale + 10;
  return { data: out, width: w, height: h };
}

/** The largest pieces first, each joined by what stands beside it, until nothing does. */
function inRows(pieces: readonly Box[]): readonly Box[] {
  let left = pieces.toSorted((a, b) => area(b) - area(a));
  const rows: Box[] = [];
  for (let row = left.shift(); row !== undefined; row = left.shift()) {
    for (let before = -1; before !== left.length; ) {
      before = left.length;
      left = left.filter((box) => {
        if (row === undefined || !besides(row, box)) return true;
        row = union(row, box);
        return false;
      });
    }
    rows.push(row);
  }
  return rows;
}

/** Gaps filled: along the rows, so that characters hang together; down the columns, so that strokes do. */
function joined({ data, width, height }: Frame): Frame {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    let last = -1;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (data[at] === 0) continue;
      const from = last !== -1 && x - last <= gap ? last : x;
      out.fill(1, y * width + from, at + 1);
      last = x;
    }
  }
  for (let x = 0; x < width; x++) {
    let last = -strokes - 1;
    for (let y = 0; y < height; y++) {
      if (data[y * width + x] === 0) continue;
      for (let v = last + 1; y - last <= strokes && v < y; v++) out[v * width + x] = 1;
      last = y;
    }
  }
  return { data: out, width, height };
}

/** Boxes of what hangs together, by sides or corners. Empties `data`. */
function piecesOf({ data, width, height }: Frame): readonly Box[] {
  const boxes: Box[] = [];
  const stack: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0) continue;
    let [left, right, top, bottom, count] = [width, 0, height, 0, 0];
    data[start] = 0;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const y = Math.floor(at / width);
      const x = at - y * width;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      count++;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          if (data[v * width + u] === 0) continue;
          data[v * width + u] = 0;
          stack.push(v * width + u);
        }
      }
    }
    if (count >= 10) boxes.push({ left, top, right, bottom });
  }
  return boxes;
}

const heightOf = (box: Box): number => box.bottom - box.top;
const area = (box: Box): number => heightOf(box) * (box.right - box.left);

function union(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function within(box: Box, picture: Box): boolean {
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  return x > picture.left && x < picture.right && y > picture.top && y < picture.bottom;
}

/** Whether a piece stands in a row: most of it at its height, and not farther off than a label from its value. */
function besides(row: Box, box: Box): boolean {
  const shared = Math.min(row.bottom, box.bottom) - Math.max(row.top, box.top);
  const apart = Math.max(row.left, box.left) - Math.min(row.right, box.right);
  const tall = Math.max(heightOf(union(row, box)), 0);
  return shared > 0.5 * heightOf(box) && apart < 2.6 * heightOf(row) && tall <= tallest;
}
