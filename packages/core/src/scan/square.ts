import type { BitMatrix } from '@zxing/library';
import type { Point } from './frame.ts';
import { crossing, distance, fitted, type Line } from './line.ts';

const rays = 72;

/**
 * The square that the `ring`-th change of colour makes around a dark point, whatever its turn and
 * perspective: rays find its border, lines are fitted to its sides, their crossings are the corners.
 * Corners go round clockwise in the picture. Coordinates are continuous: a pixel reaches from its
 * index to the next.
 *
 * @param halfSide modules from the middle to that border, to tell it from noise
 */
export function fitSquare(
  image: BitMatrix,
  around: Point & { readonly module: number },
  ring: number,
  halfSide: number,
): readonly Point[] | undefined {
  const reach = around.module * halfSide;
  const border: Point[] = [];
  for (let i = 0; i < rays; i++) {
    const angle = (i * 2 * Math.PI) / rays;
    const away = changes(image, around, angle, ring, reach * 2.4)[ring - 1];
    if (away === undefined || away < reach * 0.45) continue;
    border.push({
      x: around.x + 0.5 + Math.cos(angle) * away,
      y: around.y + 0.5 + Math.sin(angle) * away,
    });
  }
  if (border.length < rays * 0.75) return undefined;
  const rough = roughCorners(border, around);
  if (rough === undefined) return undefined;
  const sides = rough.map((corner, i) =>
    fitLine(border, corner, rough[(i + 1) % 4] as Point, around.module),
  );
  const corners: Point[] = [];
  for (let i = 0; i < 4; i++) {
    const before = sides[(i + 3) % 4];
    const after = sides[i];
    const corner = before && after && crossing(before, after);
    if (corner === undefined) return undefined;
    corners.push(corner);
  }
  return corners;
}

/** Pixels from a dark point to its first changes of colour at an angle; fewer than `count` within `reach`. */
export function changes(
  image: BitMatrix,
  from: Point,
  angle: number,
  count: number,
  reach: number,
): readonly number[] {
  const step = 0.25;
  const found: number[] = [];
  let dark = true;
  for (let away = step; away < reach && found.length < count; away += step) {
    const x = Math.floor(from.x + 0.5 + Math.cos(angle) * away);
    const y = Math.floor(from.y + 0.5 + Math.sin(angle) * away);
    if (x < 0 || y < 0 || x >= image.getWidth() || y >= image.getHeight()) break;
    if (image.get(x, y) === dark) continue;
    dark = !dark;
    found.push(away);
  }
  return found;
}

/** The farthest point, the one farthest from it, and the farthest on each side of the line between them. */
function roughCorners(border: readonly Point[], middle: Point): readonly Point[] | undefined {
  const a = farthest(border, (point) => distance(point, middle));
  const c = farthest(border, (point) => distance(point, a));
  const side = (point: Point) => (c.x - a.x) * (point.y - a.y) - (c.y - a.y) * (point.x - a.x);
  const b = farthest(border, (point) => -side(point));
  const d = farthest(border, side);
  if (side(b) >= 0 || side(d) <= 0) return undefined;
  return [a, b, c, d];
}

function farthest(points: readonly Point[], measure: (point: Point) => number): Point {
  return points.reduce((best, point) => (measure(point) > measure(best) ? point : best));
}

/** Least squares over the border points that lie along one side, its ends left out. */
function fitLine(
  border: readonly Point[],
  from: Point,
  to: Point,
  module: number,
): Line | undefined {
  const length = distance(from, to);
  if (length < module) return undefined;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const on = border.filter((point) => {
    const along = (point.x - from.x) * ux + (point.y - from.y) * uy;
    const off = Math.abs((point.y - from.y) * ux - (point.x - from.x) * uy);
    return along > length * 0.12 && along < length * 0.88 && off < module * 0.8;
  });
  if (on.length < 5) return undefined;
  return fitted(on);
}
