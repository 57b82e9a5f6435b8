import type { Frame, Point } from '../frame.ts';
import { crossing, distance, fitted, type Line } from '../line.ts';

/** Pixels on either side in which an edge is sought. */
const reach = 5;

/**
 * Corners as the sides give them that are fitted to the sharpest change of grey near each: an outline of few corners
 * cuts rounded ones off now here, now there. Corners whose sides are not found stay as they were.
 */
export function fittedCorners(frame: Frame, corners: readonly Point[]): readonly Point[] {
  const sides = corners.map((from, i) => sideAt(frame, from, corners[(i + 1) % 4] as Point));
  return corners.map((corner, i) => {
    const [before, after] = [sides.at(i - 1), sides[i]];
    const crossed = before && after && crossing(before, after);
    return crossed && distance(crossed, corner) < 2 * reach ? crossed : corner;
  });
}

function sideAt({ data, width, height }: Frame, from: Point, to: Point): Line | undefined {
  const length = distance(from, to);
  const [nx, ny] = [(to.y - from.y) / length, (from.x - to.x) / length];
  const grey = (x: number, y: number): number => {
    const column = Math.min(width - 1, Math.max(0, Math.round(x - 0.5)));
    return data[Math.min(height - 1, Math.max(0, Math.round(y - 0.5))) * width + column] ?? 0;
  };
  const points: Point[] = [];
  for (let k = 3; k <= 21; k++) {
    const [x, y] = [from.x + ((to.x - from.x) * k) / 24, from.y + ((to.y - from.y) * k) / 24];
    let [best, most] = [0, 0];
    for (let off = -reach; off <= reach; off += 0.5) {
      const outer = grey(x + (off + 1) * nx, y + (off + 1) * ny);
      const change = Math.abs(outer - grey(x + (off - 1) * nx, y + (off - 1) * ny));
      if (change > most) [best, most] = [off, change];
    }
    points.push({ x: x + best * nx, y: y + best * ny });
  }
  // Print or a reflection beside the edge draws single points away: the middle ones of a first fit make the second.
  const first = fitted(points);
  const away = (point: Point) =>
    Math.abs((point.y - first.at.y) * first.dx - (point.x - first.at.x) * first.dy);
  return fitted(points.toSorted((a, b) => away(a) - away(b)).slice(0, 13));
}
