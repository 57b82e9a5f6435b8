import type { Frame, Point } from '../frame.ts';
import { onto } from '../perspective.ts';

/** ISO/IEC 7810 ID-1, millimetres. */
export const cardAspect = 85.6 / 53.98;

/** The part of a picture within four corners, as if seen from straight above; clockwise from its upper left. */
export function straightened(
  { data, width, height }: Frame,
  corners: readonly Point[],
  to: { readonly width: number; readonly height: number },
): Frame {
  const grid = onto(corners, to.width, to.height);
  const out = new Uint8ClampedArray(to.width * to.height);
  const row = new Float32Array(2 * to.width);
  for (let y = 0, at = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      row[2 * x] = x + 0.5;
      row[2 * x + 1] = y + 0.5;
    }
    grid.transformPoints(row);
    for (let x = 0; x < to.width; x++, at++) {
      const sx = Math.min(width - 1.001, Math.max(0, (row[2 * x] ?? 0) - 0.5));
      const sy = Math.min(height - 1.001, Math.max(0, (row[2 * x + 1] ?? 0) - 0.5));
      const [left, top] = [Math.floor(sx), Math.floor(sy)];
      const [fx, fy] = [sx - left, sy - top];
      const from = top * width + left;
      const upper = (data[from] ?? 0) * (1 - fx) + (data[from + 1] ?? 0) * fx;
      const lower = (data[from + width] ?? 0) * (1 - fx) + (data[from + width + 1] ?? 0) * fx;
      out[at] = upper * (1 - fy) + lower * fy;
    }
  }
  return { data: out, width: to.width, height: to.height };
}
