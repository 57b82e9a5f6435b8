import type { Frame, Point } from '../frame.ts';
import { type View, viewOf } from '../view.ts';

/** What four neighbours count a quarter of the way from the second to the third (Catmull and Rom 1974). */
const [a, b, c, d] = [-9 / 128, 111 / 128, 29 / 128, -3 / 128];

/**
 * A part of a picture at twice its size, with cubic curves between its pixels: straight lines would smear strokes that are a
 * pixel wide. The part is a rectangle around `points` with `room` pixels more on every side.
 */
export function closer(
  { data, width, height }: Frame,
  points: readonly Point[],
  room: number,
): View {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const left = Math.max(0, Math.floor(Math.min(...xs) - room));
  const top = Math.max(0, Math.floor(Math.min(...ys) - room));
  const right = Math.min(width, Math.ceil(Math.max(...xs) + room));
  const bottom = Math.min(height, Math.ceil(Math.max(...ys) + room));
  const [w, h] = [2 * (right - left), bottom - top];
  const wide = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const row = (top + y) * width;
    const at = (x: number) => data[row + Math.min(width - 1, Math.max(0, x))] as number;
    let [p, q, r, s, t] = [at(left - 2), at(left - 1), at(left), at(left + 1), at(left + 2)];
    for (let x = left, to = y * w; x < right; x++, to += 2) {
      wide[to] = d * p + c * q + b * r + a * s;
      wide[to + 1] = a * q + b * r + c * s + d * t;
      [p, q, r, s, t] = [q, r, s, t, at(x + 3)];
    }
  }
  const out = new Uint8ClampedArray(w * h * 2);
  const line = (y: number) => Math.min(h - 1, Math.max(0, y)) * w;
  for (let y = 0; y < h; y++) {
    const [p, q, r, s, t] = [line(y - 2), line(y - 1), y * w, line(y + 1), line(y + 2)];
    for (let x = 0, to = 2 * y * w; x < w; x++, to++) {
      const middle = b * (wide[r + x] as number);
      const [above, below] = [wide[q + x] as number, wide[s + x] as number];
      out[to] = d * (wide[p + x] as number) + c * above + middle + a * below;
      out[to + w] = a * above + middle + c * below + d * (wide[t + x] as number);
    }
  }
  wide.fill(0);
  return viewOf({ data: out, width: w, height: 2 * h }, ({ x, y }) => ({
    x: (x + 0.5) / 2 - 0.5 + left,
    y: (y + 0.5) / 2 - 0.5 + top,
  }));
}
