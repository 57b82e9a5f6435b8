import type { Frame } from '../frame.ts';

const most = 17;

/**
 * Degrees by which lines of print fall to the right: the angle under which the ink lies in the sharpest rows
 * (projection profile).
 */
export function skewOf({ data, width, height }: Frame): number {
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (data[at] === 0) continue;
      xs.push(x - width / 2);
      ys.push(y);
    }
  }
  const rows = new Uint32Array(height + width);
  const sharpness = (degrees: number): number => {
    rows.fill(0);
    const slope = Math.tan((degrees * Math.PI) / 180);
    for (let i = 0; i < xs.length; i++) {
      const row = Math.round((ys[i] ?? 0) - slope * (xs[i] ?? 0) + width / 2);
      rows[row] = (rows[row] ?? 0) + 1;
    }
    let sum = 0;
    for (let row = 1; row < rows.length; row++)
      sum += ((rows[row] ?? 0) - (rows[row - 1] ?? 0)) ** 2;
    return sum;
  };
  const best = (around: number, reach: number, step: number): number => {
    let [angle, sharpest] = [around, sharpness(around)];
    for (let each = around - reach; each <= around + reach; each += step) {
      const sharp = sharpness(each);
      if (sharp > sharpest) [angle, sharpest] = [each, sharp];
    }
    return angle;
  };
  return best(best(0, most, 1), 0.8, 0.2);
}
