import type { Frame } from './frame.ts';
import { block, type Relief } from './relief.ts';

/** A part of a frame in black and white. */
export interface Region {
  /** Place in the frame, in pixels. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** A byte a pixel: 1 is dark. */
  readonly dark: Uint8Array;
  /** Grey level between dark and light. */
  readonly threshold: number;
}

/** Least difference of grey within a block that is more than the grain of a camera. */
const contrast = 40;
const least = 4 * block;

/** Parts of a frame where dark and light alternate closely, as in codes and print; the largest first. */
export function busyRegions(
  frame: Frame,
  { columns, rows, low, high }: Relief,
  most: number,
): readonly Region[] {
  const busy = widened(
    high.map((value, at) => (value - (low[at] ?? 0) > contrast ? 1 : 0)),
    columns,
    rows,
  );
  const boxes: Box[] = [];
  for (let at = 0; at < busy.length; at++) {
    if (busy[at] === 1) boxes.push(taken(busy, at, columns, rows));
  }
  return boxes
    .map(({ x0, y0, x1, y1 }) => {
      const left = Math.max(0, (x0 - 1) * block);
      const top = Math.max(0, (y0 - 1) * block);
      const width = Math.min(frame.width, (x1 + 2) * block) - left;
      const height = Math.min(frame.height, (y1 + 2) * block) - top;
      return { left, top, width, height };
    })
    .filter(({ width, height }) => width >= least && height >= least)
    .toSorted((a, b) => b.width * b.height - a.width * a.height)
    .slice(0, most)
    .map((box) => blackAndWhite(frame, box));
}

/** Each block with its neighbours: gaps of a block close. */
function widened(busy: Uint8Array, columns: number, rows: number): Uint8Array {
  const out = new Uint8Array(busy.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (busy[row * columns + column] === 0) continue;
      const right = Math.min(columns - 1, column + 1);
      const below = Math.min(rows - 1, row + 1);
      out.fill(1, row * columns + column, row * columns + right + 1);
      out.fill(1, below * columns + column, below * columns + right + 1);
    }
  }
  return out;
}

interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** The box around everything that hangs together with a block, which is cleared. */
function taken(busy: Uint8Array, from: number, columns: number, rows: number): Box {
  const box: Box = { x0: columns, y0: rows, x1: 0, y1: 0 };
  const open = [from];
  busy[from] = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % columns;
    const y = (at - x) / columns;
    box.x0 = Math.min(box.x0, x);
    box.x1 = Math.max(box.x1, x);
    box.y0 = Math.min(box.y0, y);
    box.y1 = Math.max(box.y1, y);
    for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
        const next = ny * columns + nx;
        if (busy[next] === 0) continue;
        busy[next] = 0;
        open.push(next);
      }
    }
  }
  return box;
}

function blackAndWhite(
  { data, width: stride }: Frame,
  box: Pick<Region, 'left' | 'top' | 'width' | 'height'>,
): Region {
  const { left, top, width, height } = box;
  const histogram = new Float64Array(256);
  for (let y = top; y < top + height; y++) {
    for (let at = y * stride + left; at < y * stride + left + width; at++) {
      const value = data[at] ?? 0;
      histogram[value] = (histogram[value] ?? 0) + 1;
    }
  }
  const threshold = otsu(histogram, width * height);
  const dark = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * stride + left;
    for (let x = 0; x < width; x++)
      dark[y * width + x] = (data[from + x] ?? 0) <= threshold ? 1 : 0;
  }
  return { ...box, dark, threshold };
}

/** The level that parts a histogram into the two most distinct halves (Otsu 1979). */
function otsu(histogram: Float64Array, total: number): number {
  let sum = 0;
  for (let level = 0; level < 256; level++) sum += level * (histogram[level] ?? 0);
  let [below, sumBelow, best, threshold] = [0, 0, -1, 127];
  for (let level = 0; level < 255; level++) {
    below += histogram[level] ?? 0;
    sumBelow += level * (histogram[level] ?? 0);
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const distance = sumBelow / below - (sum - sumBelow) / above;
    const between = below * above * distance * distance;
    if (between <= best) continue;
    best = between;
    threshold = level;
  }
  return threshold;
}
