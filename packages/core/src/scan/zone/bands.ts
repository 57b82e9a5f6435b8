import type { Frame, Point } from '../frame.ts';
import { densePlaces } from './density.ts';

/** A line of print: its middle from its left end to its right, in pixels. */
export interface Band {
  readonly left: Point;
  readonly right: Point;
}

interface Piece {
  x0: number;
  x1: number;
  count: number;
  /** Sums for the straight line through its pixels. */
  sx: number;
  sy: number;
  sxx: number;
  sxy: number;
}

/** The long lines of print in a picture, the longest first. */
export function findBands(frame: Frame): readonly Band[] {
  // Small pictures have no pixel to spare.
  const step = Math.max(frame.width, frame.height) > 500 ? 2 : 1;
  const columns = Math.ceil(frame.width / step);
  const rows = Math.ceil(frame.height / step);
  const pieces = joined(piecesOf(densePlaces(frame, step), columns, rows));
  const end = (piece: Piece, x: number) => ({ x: x * step, y: heightAt(piece, x) * step });
  return pieces
    .filter((piece) => piece.x1 - piece.x0 > Math.max(12 * thickness(piece), 120 / step))
    .toSorted((a, b) => b.x1 - b.x0 - (a.x1 - a.x0))
    .map((piece) => ({ left: end(piece, piece.x0), right: end(piece, piece.x1) }));
}

function thickness({ count, x0, x1 }: Piece): number {
  return count / (x1 - x0);
}

function slope({ count, sx, sy, sxx, sxy }: Piece): number {
  const spread = sxx - (sx * sx) / count;
  return spread === 0 ? 0 : (sxy - (sx * sy) / count) / spread;
}

function heightAt(piece: Piece, x: number): number {
  return piece.sy / piece.count + slope(piece) * (x - piece.sx / piece.count);
}

/** Pixels that hang together, where they are longer than high. */
function piecesOf(mask: Uint8Array, width: number, height: number): Piece[] {
  const pieces: Piece[] = [];
  const open: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0) continue;
    const piece: Piece = { x0: width, x1: 0, count: 0, sx: 0, sy: 0, sxx: 0, sxy: 0 };
    open.push(start);
    mask[start] = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % width;
      const y = (at - x) / width;
      piece.x0 = Math.min(piece.x0, x);
      piece.x1 = Math.max(piece.x1, x + 1);
      piece.count++;
      piece.sx += x;
      piece.sy += y;
      piece.sxx += x * x;
      piece.sxy += x * y;
      if (x > 0 && mask[at - 1] === 1) push(at - 1);
      if (x + 1 < width && mask[at + 1] === 1) push(at + 1);
      if (y > 0 && mask[at - width] === 1) push(at - width);
      if (y + 1 < height && mask[at + width] === 1) push(at + width);
    }
    if (piece.count > 20 && piece.x1 - piece.x0 > 2.2 * thickness(piece)) pieces.push(piece);
  }
  return pieces;

  function push(at: number) {
    mask[at] = 0;
    open.push(at);
  }
}

/** Pieces of one line that glare or a seal has parted become one again. */
function joined(pieces: readonly Piece[]): Piece[] {
  const rest = pieces.toSorted((a, b) => b.x1 - b.x0 - (a.x1 - a.x0));
  const out: Piece[] = [];
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    for (let i = 0; i < rest.length; ) {
      const other = rest[i] as Piece;
      if (continues(line, other)) {
        line = together(line, other);
        rest.splice(i, 1);
        i = 0;
      } else i++;
    }
    out.push(line);
  }
  return out;
}

function continues(line: Piece, other: Piece): boolean {
  const gap = Math.max(other.x0 - line.x1, line.x0 - other.x1);
  if (gap < -3 || gap > 0.3 * (line.x1 - line.x0) || gap > 8 * thickness(line)) return false;
  const middle = other.sx / other.count;
  const off = Math.abs(other.sy / other.count - heightAt(line, middle));
  const high = thickness(other) / thickness(line);
  return off < 0.45 * thickness(line) && high > 0.5 && high < 1.6;
}

function together(a: Piece, b: Piece): Piece {
  return {
    x0: Math.min(a.x0, b.x0),
    x1: Math.max(a.x1, b.x1),
    count: a.count + b.count,
    sx: a.sx + b.sx,
    sy: a.sy + b.sy,
    sxx: a.sxx + b.sxx,
    sxy: a.sxy + b.sxy,
  };
}
