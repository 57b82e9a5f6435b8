import type { PaperFonts } from '../document/font.ts';
import { writeText } from './pdf/syntax.ts';

/** A moment of the pen: place in any unit with y downwards, time in milliseconds, pressure from 0 to 1. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly t: number;
  readonly pressure?: number;
}

/** What is seen in the place to sign. It proves nothing by itself; the signature behind it does. */
export type Appearance =
  | { readonly kind: 'drawn'; readonly strokes: readonly (readonly PenPoint[])[] }
  /** For people who do not draw: the name in print, marked as typed. */
  | { readonly kind: 'typed'; readonly text: string; readonly fonts: PaperFonts };

/** Most points drawn; a longer signature is thinned out evenly. */
const mostPoints = 8000;
const ink = '0.05 0.07 0.14';

/** Content stream of the appearance for a field of this size in points (ISO 32000-1, 12.5.5). */
export async function drawAppearance(
  appearance: Appearance,
  width: number,
  height: number,
): Promise<string> {
  switch (appearance.kind) {
    case 'drawn':
      return drawStrokes(appearance.strokes, width, height);
    case 'typed':
      return await drawTyped(appearance.text, appearance.fonts, width, height);
  }
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function drawStrokes(
  strokes: readonly (readonly PenPoint[])[],
  width: number,
  height: number,
): string {
  const count = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  const step = Math.ceil(count / mostPoints);
  const kept = strokes
    .map((stroke) => stroke.filter((_, i) => i % step === 0 || i === stroke.length - 1))
    .filter((stroke) => stroke.length > 0);
  const points = kept.flat();
  if (points.length === 0) throw new Error('A signature without a stroke');
  const bounds = {
    left: points.reduce((least, p) => Math.min(least, p.x), Number.POSITIVE_INFINITY),
    right: points.reduce((most, p) => Math.max(most, p.x), Number.NEGATIVE_INFINITY),
    top: points.reduce((least, p) => Math.min(least, p.y), Number.POSITIVE_INFINITY),
    bottom: points.reduce((most, p) => Math.max(most, p.y), Number.NEGATIVE_INFINITY),
  };
  const inset = 4;
  const scale = Math.min(
    (width - 2 * inset) / Math.max(bounds.right - bounds.left, 1),
    (height - 2 * inset) / Math.max(bounds.bottom - bounds.top, 1),
  );
  // The pen keeps one width on paper, however large the surface was on which it was drawn.
  const place = (p: PenPoint): Spot => ({
    x: inset + (p.x - bounds.left) * scale,
    y:
      height -
      inset -
      (p.y - bounds.top) * scale -
      (height - 2 * inset - (bounds.bottom - bounds.top) * scale) / 2,
    width: p.pressure === undefined || p.pressure === 0 ? 1.7 : 0.7 + 2 * Math.min(p.pressure, 1),
  });
  const drawn = kept.map((stroke) => drawStroke(stroke.map(place)));
  return [`q ${ink} RG 1 J 1 j`, ...drawn, 'Q'].join('\n');
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A curve through the points (Catmull-Rom as Bézier), as wide as the pressure between two of them. */
function drawStroke(spots: readonly Spot[]): string {
  const [first] = spots;
  if (!first) return '';
  const at = (p: { x: number; y: number }) => `${number(p.x)} ${number(p.y)}`;
  if (spots.length === 1) return `${number(first.width)} w ${at(first)} m ${at(first)} l S`;
  const parts: string[] = [];
  let width = '';
  for (let i = 0; i + 1 < spots.length; i++) {
    const a = spots[i] ?? first;
    const b = spots[i + 1] ?? a;
    const before = spots[i - 1] ?? a;
    const after = spots[i + 2] ?? b;
    const next = number((a.width + b.width) / 2);
    if (next !== width) {
      if (width !== '') parts.push('S');
      parts.push(`${next} w ${at(a)} m`);
      width = next;
    }
    const c1 = { x: a.x + (b.x - before.x) / 6, y: a.y + (b.y - before.y) / 6 };
    const c2 = { x: b.x - (after.x - a.x) / 6, y: b.y - (after.y - a.y) / 6 };
    parts.push(`${at(c1)} ${at(c2)} ${at(b)} c`);
  }
  parts.push('S');
  return parts.join('\n');
}

/** The font comes only when a name is typed: most people draw. */
async function drawTyped(
  text: string,
  fonts: PaperFonts,
  width: number,
  height: number,
): Promise<string> {
  const { outlineText, typedNameWords } = await import('../document/outline.ts');
  const name = outlineText(text, fonts);
  const note = outlineText(typedNameWords, fonts);
  const noteSize = 6;
  const size = Math.min(height * 0.56, (width - 8) / Math.max(name.width, 1));
  const place = (outline: string, scale: number, x: number, y: number) =>
    `q ${number(scale)} 0 0 ${number(scale)} ${number(x)} ${number(y)} cm\n${outline}\nf Q`;
  return [
    `/Span <</ActualText ${writeText(text)}>> BDC`,
    `q ${ink} rg`,
    place(name.path, size, 4, noteSize + 5 + size * 0.14),
    '0.38 g',
    place(note.path, noteSize, 4, 4),
    'Q',
    'EMC',
  ].join('\n');
}
