import outlines from './ocrbOutlines.json' with { type: 'json' };

/**
 * Draws OCR-B. The outlines are Norbert Schwarz's Metafont programs of OCR-B as Matthew Skala's font has them (Debian
 * package fonts-ocr-b): anyone may use, modify and distribute them, without limitation.
 */

/** Units of the font's em in a cell: the distance of the characters in a line. */
const cell = outlines.advance;
/** Height of the middle of the capitals over the base line, in units. */
const middle = 352;

/** OCR-B comes with strokes that end round or square. */
export type Ends = 'round' | 'sharp';

/** How much of each pixel is ink, 0 to 1, row by row. */
export interface Glyph {
  readonly width: number;
  readonly height: number;
  readonly ink: Float32Array;
}

const made = new Map<string, Glyph>();

/** A character in a square of `2 × pitch` pixels, the middle of its cell in the middle of the square. */
export function glyphOf(character: string, pitch: number, ends: Ends = 'round'): Glyph {
  const key = `${character}${pitch}${ends}`;
  const glyph = made.get(key) ?? drawn(outlines[ends], character, pitch);
  made.set(key, glyph);
  return glyph;
}

const rowsAPixel = 4;

function drawn(paths: Readonly<Record<string, string>>, character: string, pitch: number): Glyph {
  const size = 2 * pitch;
  const ink = new Float32Array(size * size);
  const scale = pitch / cell;
  const edges = edgesOf(paths[character] ?? '').map((edge) => ({
    x0: (edge.x0 - cell / 2) * scale + pitch,
    y0: (middle - edge.y0) * scale + pitch,
    x1: (edge.x1 - cell / 2) * scale + pitch,
    y1: (middle - edge.y1) * scale + pitch,
  }));
  for (let row = 0; row < size * rowsAPixel; row++) {
    const y = (row + 0.5) / rowsAPixel;
    const crossings = edges
      .filter(({ y0, y1 }) => y0 <= y !== y1 <= y)
      .map(({ x0, y0, x1, y1 }) => ({
        x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0),
        turn: y1 > y0 ? 1 : -1,
      }))
      .toSorted((a, b) => a.x - b.x);
    let winding = 0;
    for (const [at, { x, turn }] of crossings.entries()) {
      winding += turn;
      const next = crossings[at + 1];
      if (winding !== 0 && next !== undefined)
        fill(ink, Math.floor(row / rowsAPixel) * size, size, x, next.x);
    }
  }
  return { width: size, height: size, ink };
}

function fill(ink: Float32Array, row: number, size: number, from: number, to: number): void {
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(size, to); x++) {
    const covered = Math.min(to, x + 1) - Math.max(from, x);
    ink[row + x] = Math.min(1, (ink[row + x] ?? 0) + covered / rowsAPixel);
  }
}

interface Edge {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Straight pieces of a path of M, L, C and Z. */
function edgesOf(path: string): Edge[] {
  const edges: Edge[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (nx: number, ny: number) => {
    edges.push({ x0: x, y0: y, x1: nx, y1: ny });
    [x, y] = [nx, ny];
  };
  for (const [, verb, rest] of path.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const n = (rest ?? '').split(' ').map(Number);
    if (verb === 'M') [x, y, startX, startY] = [n[0] ?? 0, n[1] ?? 0, n[0] ?? 0, n[1] ?? 0];
    if (verb === 'L') to(n[0] ?? 0, n[1] ?? 0);
    if (verb === 'Z') to(startX, startY);
    if (verb === 'C') {
      const [ax, ay] = [x, y];
      const [bx, by, cx, cy, dx, dy] = n as [number, number, number, number, number, number];
      for (let t = 1 / 8; t <= 1; t += 1 / 8) {
        const s = 1 - t;
        to(
          s ** 3 * ax + 3 * s * s * t * bx + 3 * s * t * t * cx + t ** 3 * dx,
          s ** 3 * ay + 3 * s * s * t * by + 3 * s * t * t * cy + t ** 3 * dy,
        );
      }
    }
  }
  return edges;
}
