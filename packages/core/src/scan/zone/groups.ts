import type { Point } from '../frame.ts';
import { distance } from '../line.ts';
import type { Band } from './bands.ts';

/** Two or three lines of print as they lie in a zone: side by side, as long, evenly apart; from the top. */
export type Group = readonly Band[];

/** Threes before twos, long before short. */
export function groupsOf(bands: readonly Band[]): readonly Group[] {
  const few = bands.slice(0, 14);
  const pairs = few.flatMap((upper) =>
    few.filter((lower) => belongTogether(upper, lower)).map((lower): Group => [upper, lower]),
  );
  const threes = pairs.flatMap(([first, second]) =>
    pairs
      .filter(([upper, lower]) => upper === second && evenlyApart(first, second, lower))
      .map(([, third]): Group => [first as Band, second as Band, third as Band]),
  );
  const length = (group: Group) =>
    group.reduce((sum, { left, right }) => sum + distance(left, right), 0);
  return [...threes, ...pairs].map(evened).toSorted((a, b) => length(b) - length(a));
}

function belongTogether(upper: Band, lower: Band): boolean {
  const [long, other] = [distance(upper.left, upper.right), distance(lower.left, lower.right)];
  if (Math.min(long, other) < 0.8 * Math.max(long, other)) return false;
  const away = apart(upper, lower);
  if (away < 0.03 * long || away > 0.15 * long) return false;
  const turn = Math.abs(angle(upper) - angle(lower));
  return turn < 0.08 && Math.abs(along(upper, lower.left)) < 0.12 * long;
}

function evenlyApart(first: Band | undefined, second: Band | undefined, third: Band | undefined) {
  if (first === undefined || second === undefined || third === undefined) return false;
  const ratio = apart(first, second) / apart(second, third);
  return ratio > 0.75 && ratio < 1.33;
}

/** The lines of a zone begin and end together: the longest says where. */
function evened(group: Group): Group {
  const first = group[0] as Band;
  const from = Math.min(...group.map(({ left }) => along(first, left)));
  const to = Math.max(...group.map(({ right }) => along(first, right)));
  return group.map((band) => ({
    left: moved(band, from - along(first, band.left)),
    right: moved(band, to - along(first, band.left)),
  }));
}

function moved({ left, right }: Band, by: number): Point {
  const part = by / distance(left, right);
  return { x: left.x + part * (right.x - left.x), y: left.y + part * (right.y - left.y) };
}

function angle({ left, right }: Band): number {
  return Math.atan2(right.y - left.y, right.x - left.x);
}

/** How far a point lies along a band from its left end. */
function along({ left, right }: Band, point: Point): number {
  const [dx, dy] = [right.x - left.x, right.y - left.y];
  return ((point.x - left.x) * dx + (point.y - left.y) * dy) / Math.hypot(dx, dy);
}

/** How far the middle of the lower lies under the line of the upper. */
function apart({ left, right }: Band, lower: Band): number {
  const [dx, dy] = [right.x - left.x, right.y - left.y];
  const x = (lower.left.x + lower.right.x) / 2 - left.x;
  const y = (lower.left.y + lower.right.y) / 2 - left.y;
  return (dx * y - dy * x) / Math.hypot(dx, dy);
}
