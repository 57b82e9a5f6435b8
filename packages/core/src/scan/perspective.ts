import { PerspectiveTransform } from '@zxing/library';
import type { Point } from './frame.ts';

/**
 * Maps a grid of `width` × `height` modules on four points of a picture, clockwise from the upper left. They
 * are its corners, or lie `inset` modules within.
 */
export function onto(
  quad: readonly Point[],
  width: number,
  height: number,
  inset = 0,
): PerspectiveTransform {
  const [a, b, c, d] = quad as [Point, Point, Point, Point];
  const [right, bottom] = [width - inset, height - inset];
  return PerspectiveTransform.quadrilateralToQuadrilateral(
    inset,
    inset,
    right,
    inset,
    right,
    bottom,
    inset,
    bottom,
    a.x,
    a.y,
    b.x,
    b.y,
    c.x,
    c.y,
    d.x,
    d.y,
  );
}
