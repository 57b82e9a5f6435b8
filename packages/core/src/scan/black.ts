import { BitMatrix } from '@zxing/library';
import type { Frame } from './frame.ts';
import { block, faint, reliefOf } from './relief.ts';

/**
 * Black where darker than the surroundings, block by block, by the rule of ZXing's hybrid binarizer: a
 * threshold is the mean of the levels of 5 × 5 blocks. A block's level is its mean where it shows dark and
 * light; elsewhere half of its darkest pixel, for it is taken for paper, unless its neighbours know better.
 * Grain is no dark and light here: by single pixels it would be, and the whole wall full of ink.
 */
export function blackLocally(frame: Frame, relief = reliefOf(frame)): BitMatrix {
  const { data, width, height } = frame;
  if (Math.min(width, height) < 5 * block) return blackGlobally(frame, relief);
  const columns = Math.ceil(width / block);
  const rows = Math.ceil(height / block);
  const low = new Uint8Array(columns * rows);
  const high = new Uint8Array(columns * rows);
  const level = new Uint8Array(columns * rows);
  for (let row = 0, at = 0; row < rows; row++) {
    const top = Math.min(height - block, row * block);
    for (let column = 0; column < columns; column++, at++) {
      const left = Math.min(width - block, column * block);
      let sum = 0;
      let least = 255;
      let most = 0;
      for (let y = top; y < top + block; y++) {
        for (let i = y * width + left; i < y * width + left + block; i++) {
          const value = data[i] ?? 0;
          sum += value;
          if (value < least) least = value;
          if (value > most) most = value;
        }
      }
      low[at] = least;
      high[at] = most;
      if (most - least > faint && (relief.high[at] ?? 0) - (relief.low[at] ?? 0) > faint) {
        level[at] = sum >> 6;
        continue;
      }
      level[at] = least >> 1;
      if (row === 0 || column === 0) continue;
      const above = at - columns;
      const known = (level[above] ?? 0) + 2 * (level[at - 1] ?? 0) + (level[above - 1] ?? 0);
      if (least * 4 < known) level[at] = known >> 2;
    }
  }
  return painted(frame, columns, rows, (row, column) => {
    const at = row * columns + column;
    const x = Math.max(2, Math.min(columns - 3, column));
    const y = Math.max(2, Math.min(rows - 3, row));
    let sum = 0;
    for (let i = (y - 2) * columns + x; i <= (y + 2) * columns + x; i += columns) {
      sum +=
        (level[i - 2] ?? 0) +
        (level[i - 1] ?? 0) +
        (level[i] ?? 0) +
        (level[i + 1] ?? 0) +
        (level[i + 2] ?? 0);
    }
    const threshold = Math.floor(sum / 25);
    if ((low[at] ?? 0) > threshold) return none;
    return (high[at] ?? 0) <= threshold ? all : threshold;
  });
}

/** Black where darker than one level for the whole picture. A faint block is of one colour, or grain would be ink. */
export function blackGlobally(frame: Frame, relief = reliefOf(frame)): BitMatrix {
  const { columns, rows, low, high } = relief;
  const threshold = (valley(frame) ?? 0) - 1;
  return painted(frame, columns, rows, (row, column) => {
    const darkest = low[row * columns + column] ?? 0;
    const lightest = high[row * columns + column] ?? 0;
    if (lightest - darkest > faint) return threshold;
    return darkest + lightest <= 2 * threshold ? all : none;
  });
}

/** Levels of grey a bucket of the histogram. */
const step = 8;

/**
 * The grey between the peaks of dark and light in four rows; `undefined` where there are no two. A low
 * place nearer to the light peak is best (ZXing's rule): Otsu's threshold reads fewer photographs.
 */
function valley({ data, width, height }: Frame): number | undefined {
  const buckets = Array.from({ length: 256 / step }, () => 0);
  for (let part = 1; part < 5; part++) {
    const from = Math.floor((height * part) / 5) * width;
    const end = from + Math.floor((width * 4) / 5);
    for (let at = from + Math.floor(width / 5); at < end; at++) {
      const bucket = Math.floor((data[at] ?? 0) / step);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
  }
  const most = Math.max(...buckets);
  const tallest = buckets.indexOf(most);
  const other = highest(buckets, (count, at) => count * (at - tallest) ** 2);
  const dark = Math.min(tallest, other);
  const light = Math.max(tallest, other);
  if (light - dark <= buckets.length / 16) return undefined;
  const between = highest(buckets, (count, at) =>
    at > dark && at < light ? (at - dark) ** 2 * (light - at) * (most - count) : -1,
  );
  return between * step;
}

function highest(buckets: readonly number[], score: (count: number, at: number) => number): number {
  const scores = buckets.map(score);
  return scores.lastIndexOf(Math.max(...scores));
}

/** Thresholds that no pixel and every pixel meets. */
const [none, all] = [-1, 255];

/** Black where not above the threshold that holds in a block. */
function painted(
  { data, width, height }: Frame,
  columns: number,
  rows: number,
  thresholdOf: (row: number, column: number) => number,
): BitMatrix {
  const words = (width + 31) >> 5;
  const bits = new Int32Array(words * height);
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min(height, (row + 1) * block);
    for (let column = 0; column < columns; column++) {
      const threshold = thresholdOf(row, column);
      if (threshold === none) continue;
      const left = column * block;
      const right = Math.min(width, left + block);
      for (let y = row * block; y < bottom; y++) {
        let byte = 0;
        for (let x = left, bit = 1; x < right; x++, bit <<= 1)
          if ((data[y * width + x] ?? 0) <= threshold) byte |= bit;
        bits[y * words + (left >> 5)] =
          (bits[y * words + (left >> 5)] ?? 0) | (byte << (left & 31));
      }
    }
  }
  return new BitMatrix(width, height, words, bits);
}
