import { create, type Font } from 'fontkit';
import type { Frame } from '../frame.ts';

/** A font that draws: its file, brought by the caller. */
export function inkFont(file: Uint8Array): Font {
  return create(file);
}

export interface Writing {
  /** Pixels from the upper left corner to the start of the baseline. */
  readonly x: number;
  readonly y: number;
  /** Pixels an em. */
  readonly size: number;
  /** Pixels from character to character; the font's own where left out. */
  readonly pitch?: number;
  /** Grey of the ink. */
  readonly grey: number;
}

/** Sub-rows a pixel; along a row coverage is exact to a quarter as well. */
const fine = 4;

/** Fills the outlines of a text into a picture: scan lines, even coverage, non-zero rule. */
export function write(on: Frame, font: Font, text: string, writing: Writing): void {
  let x = writing.x;
  for (const character of text) {
    const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 32);
    const scale = writing.size / font.unitsPerEm;
    fill(on, outline(glyph.path.commands, scale, x, writing.y), writing.grey);
    x += writing.pitch ?? glyph.advanceWidth * scale;
  }
}

type Edge = readonly [x0: number, y0: number, x1: number, y1: number];
type Commands = ReturnType<Font['glyphForCodePoint']>['path']['commands'];

function outline(commands: Commands, scale: number, dx: number, dy: number): readonly Edge[] {
  const edges: Edge[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (nextX: number, nextY: number) => {
    edges.push([x, y, nextX, nextY]);
    [x, y] = [nextX, nextY];
  };
  for (const { command, args } of commands) {
    const p = args.map((arg, i) => (i % 2 === 0 ? dx + arg * scale : dy - arg * scale));
    const [a = 0, b = 0, c = 0, d = 0] = p;
    if (command === 'moveTo') [x, y, startX, startY] = [a, b, a, b];
    else if (command === 'lineTo') to(a, b);
    else if (command === 'closePath') to(startX, startY);
    else if (command === 'quadraticCurveTo') {
      const [fromX, fromY] = [x, y];
      for (let k = 1; k <= 6; k++) {
        const [t, s] = [k / 6, 1 - k / 6];
        to(s * s * fromX + 2 * s * t * a + t * t * c, s * s * fromY + 2 * s * t * b + t * t * d);
      }
    } else throw new Error(`A font with ${command} is none of TrueType outlines.`);
  }
  return edges;
}

function fill({ data, width, height }: Frame, edges: readonly Edge[], grey: number): void {
  if (edges.length === 0) return;
  const ys = edges.flatMap(([, y0, , y1]) => [y0, y1]);
  const first = Math.max(0, Math.floor(Math.min(...ys)));
  const last = Math.min(height - 1, Math.ceil(Math.max(...ys)));
  for (let row = first; row <= last; row++) {
    const covered = new Float32Array(width);
    for (let k = 0; k < fine; k++) cover(covered, edges, row + (k + 0.5) / fine);
    for (let x = 0; x < width; x++) {
      const share = (covered[x] ?? 0) / fine;
      const at = row * width + x;
      if (share > 0) data[at] = (data[at] ?? 0) * (1 - share) + grey * share;
    }
  }
}

function cover(covered: Float32Array, edges: readonly Edge[], y: number): void {
  const crossings = edges
    .filter(([, y0, , y1]) => y0 <= y !== y1 <= y)
    .map(([x0, y0, x1, y1]) => ({
      x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0),
      turn: y1 > y0 ? 1 : -1,
    }))
    .toSorted((a, b) => a.x - b.x);
  let winding = 0;
  for (const [i, { x, turn }] of crossings.entries()) {
    winding += turn;
    const end = crossings[i + 1]?.x;
    if (winding === 0 || end === undefined) continue;
    for (let p = Math.max(0, Math.floor(x)); p < Math.min(covered.length, end); p++)
      covered[p] = (covered[p] ?? 0) + Math.min(p + 1, end) - Math.max(p, x);
  }
}
