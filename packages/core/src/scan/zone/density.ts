import type { Frame } from '../frame.ts';

/** Half of the pixels that strokes are gathered over along a line: a little more than a character. */
const along = 8;
/** Half of the rows that a line must stand out from: more than the way to the next. */
const around = 22;

/** 1 where upright strokes lie closer than above and below, in the lines of print; every `step` pixels. */
export function densePlaces({ data, width, height }: Frame, step: number): Uint8Array {
  // Sums of the steps of grey along the rows, over all that is left of and above a pixel.
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (x > 0 && x + 1 < width)
        row += Math.min(60, Math.abs((data[at + 1] as number) - (data[at - 1] as number)));
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  }
  const out = new Uint8Array(Math.ceil(width / step) * Math.ceil(height / step));
  for (let y = 0, at = 0; y < height; y += step) {
    const top = Math.max(0, y - 1) * stride;
    const bottom = Math.min(height, y + 2) * stride;
    const high = Math.max(0, y - around) * stride;
    const low = Math.min(height, y + around + 1) * stride;
    for (let x = 0; x < width; x += step, at++) {
      const left = Math.max(0, x - along);
      const right = Math.min(width, x + along + 1);
      const near =
        area(sums, left, right, top, bottom) / ((right - left) * ((bottom - top) / stride));
      const wide = area(sums, left, right, high, low) / ((right - left) * ((low - high) / stride));
      // Two levels of grey a pixel are the grain of a camera.
      if (near > 1.15 * wide + 2) out[at] = 1;
    }
  }
  return out;
}

function area(
  sums: Float64Array,
  left: number,
  right: number,
  top: number,
  bottom: number,
): number {
  return (
    (sums[bottom + right] as number) -
    (sums[bottom + left] as number) -
    (sums[top + right] as number) +
    (sums[top + left] as number)
  );
}

/** Least step of grey of print, and how many of them the smallest zone has in a fourth of its rows. */
const [step, fewest] = [20, 80];

/** Whether there can be print in a picture at all, whichever way it lies: a wall with its grain has none. */
export function hasPrint({ data, width, height }: Frame): boolean {
  let steps = 0;
  for (let y = 0; y + 2 < height; y += 4)
    for (let at = y * width; at < (y + 1) * width - 2; at++) {
      const value = data[at] as number;
      if (Math.abs((data[at + 2] as number) - value) > step) steps++;
      else if (Math.abs((data[at + 2 * width] as number) - value) > step) steps++;
    }
  return steps >= fewest;
}
