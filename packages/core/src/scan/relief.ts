import type { Frame } from './frame.ts';

/** How light and how dark a picture is from place to place. */
export interface Relief {
  /** Blocks; those at the right and lower edge may be cut. */
  readonly columns: number;
  readonly rows: number;
  /** The darkest and the lightest place of each block, in levels of grey. */
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/** Pixels a block. */
export const block = 8;
/** Differences of grey within a block that are not those of a code; the grain of a camera makes them. */
export const faint = 24;

/**
 * Means of four pixels are compared, so that single noisy ones do not count; a step into the next block as
 * well, or modules of a block's size would look empty.
 */
export function reliefOf(frame: Frame): Relief {
  const columns = Math.ceil(frame.width / block);
  const rows = Math.ceil(frame.height / block);
  const relief = {
    columns,
    rows,
    low: new Uint8Array(columns * rows),
    high: new Uint8Array(columns * rows),
  };
  const { sums, width, height } = sumsOfFour(frame);
  const half = block / 2;
  for (let row = 0, at = 0; row < rows; row++) {
    const bottom = Math.min(height, (row + 1) * half + 1);
    for (let column = 0; column < columns; column++, at++) {
      const right = Math.min(width, (column + 1) * half + 1);
      let low = 1020;
      let high = 0;
      for (let y = row * half; y < bottom; y++) {
        for (let i = y * width + column * half; i < y * width + right; i++) {
          const sum = sums[i] ?? 0;
          if (sum < low) low = sum;
          if (sum > high) high = sum;
        }
      }
      relief.low[at] = low >> 2;
      relief.high[at] = Math.max(low, high) >> 2;
    }
  }
  return relief;
}

function sumsOfFour({ data, width, height }: Frame) {
  const [w, h] = [width >> 1, height >> 1];
  const sums = new Uint16Array(w * h);
  for (let y = 0; y < h; y++) {
    let at = 2 * y * width;
    for (let i = y * w; i < (y + 1) * w; i++, at += 2) {
      sums[i] =
        (data[at] ?? 0) +
        (data[at + 1] ?? 0) +
        (data[at + width] ?? 0) +
        (data[at + width + 1] ?? 0);
    }
  }
  return { sums, width: w, height: h };
}
