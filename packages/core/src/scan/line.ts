import type { Point } from './frame.ts';

/** A straight line: a point on it and its direction, of length 1. */
export interface Line {
  readonly at: Point;
  readonly dx: number;
  readonly dy: number;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function lineThrough(from: Point, to: Point): Line {
  const length = distance(from, to);
  return { at: from, dx: (to.x - from.x) / length, dy: (to.y - from.y) / length };
}

/** How far a point lies from a line; positive on its right hand in the picture. */
export function off(line: Line, point: Point): number {
  return (point.y - line.at.y) * line.dx - (point.x - line.at.x) * line.dy;
}

/** Least squares of the distances. */
export function fitted(points: readonly Point[]): Line {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  let [xx, xy, yy] = [0, 0, 0];
  for (const point of points) {
    xx += (point.x - x) ** 2;
    xy += (point.x - x) * (point.y - y);
    yy += (point.y - y) ** 2;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  return { at: { x, y }, dx: Math.cos(angle), dy: Math.sin(angle) };
}

/** Where two lines cross; `undefined` when they are nearly parallel. */
export function crossing(a: Line, b: Line): Point | undefined {
  const cross = a.dx * b.dy - a.dy * b.dx;
  if (Math.abs(cross) < 0.2) return undefined;
  const along = ((b.at.x - a.at.x) * b.dy - (b.at.y - a.at.y) * b.dx) / cross;
  return { x: a.at.x + a.dx * along, y: a.at.y + a.dy * along };
}
