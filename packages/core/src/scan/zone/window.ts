import type { Frame, Point } from '../frame.ts';
import { perCell, side } from './network.ts';

/**
 * Fills a padded window of the recogniser from a picture: `middle` is the character's middle, `right` and `down` are the
 * ways of one cell to the right and as far downwards, all in pixels. Grey becomes darkness, evened to a mean of 0 and a
 * spread of 1, so that neither light nor the strength of print matters. False where the picture ends.
 */
export function takeWindow(
  { data, width, height }: Frame,
  middle: Point,
  right: Point,
  down: Point,
  into: Float32Array,
): boolean {
  const [size, cell] = [side, perCell];
  const from = -(size - 1) / 2 / cell;
  let inside = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < size; row++) {
    const v = from + row / cell;
    let o = (row + 1) * (size + 2) + 1;
    for (let column = 0; column < size; column++, o++) {
      const u = from + column / cell;
      const x = middle.x + u * right.x + v * down.x;
      const y = middle.y + u * right.y + v * down.y;
      const cx = Math.min(width - 1.001, Math.max(0, x));
      const cy = Math.min(height - 1.001, Math.max(0, y));
      if (cx === x && cy === y) inside++;
      const left = Math.floor(cx);
      const top = Math.floor(cy);
      const at = top * width + left;
      const fx = cx - left;
      const fy = cy - top;
      const upper = (data[at] as number) * (1 - fx) + (data[at + 1] as number) * fx;
      const lower = (data[at + width] as number) * (1 - fx) + (data[at + width + 1] as number) * fx;
      const value = upper * (fy - 1) - lower * fy;
      into[o] = value;
      sum += value;
      squares += value * value;
    }
  }
  const count = size * size;
  const mean = sum / count;
  // Three levels of grey are no print: what is nearly even stays nearly even.
  const spread = Math.sqrt(Math.max(0, squares / count - mean * mean)) + 3;
  for (let row = 0; row < size; row++) {
    let o = (row + 1) * (size + 2) + 1;
    for (let column = 0; column < size; column++, o++)
      into[o] = ((into[o] as number) - mean) / spread;
  }
  return inside > count / 2;
}
