import type { Font, PathCommand } from 'fontkit';
import { type PaperFonts, paperFont, visibleGlyph } from './font.ts';
import { codePointRows, measureIn } from './measure.ts';

export { typedNameWords } from './words.ts';

/** A text as filled outlines, one em high, its baseline at y = 0, y upwards. */
export interface TextOutline {
  /** Width in em. */
  readonly width: number;
  /** PDF path operators (`m`, `l`, `c`, `h`), to be filled by the non-zero rule. */
  readonly path: string;
}

function number(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

/** Quadratic curves of TrueType become the cubic ones of PDF. */
function glyphPath(
  commands: readonly PathCommand[],
  scale: number,
  dx: number,
  dy: number,
): string {
  let x = 0;
  let y = 0;
  const parts: string[] = [];
  for (const { command, args } of commands) {
    const at = (index: number) => (args[index] ?? 0) * scale + (index % 2 === 0 ? dx : dy);
    const points = args.map((_, index) => at(index));
    switch (command) {
      case 'moveTo':
        parts.push(`${points.map(number).join(' ')} m`);
        break;
      case 'lineTo':
        parts.push(`${points.map(number).join(' ')} l`);
        break;
      case 'quadraticCurveTo': {
        const [cx, cy, ex, ey] = [at(0), at(1), at(2), at(3)];
        const cubic = [
          x + (2 / 3) * (cx - x),
          y + (2 / 3) * (cy - y),
          ex + (2 / 3) * (cx - ex),
          ey + (2 / 3) * (cy - ey),
        ];
        parts.push(`${[...cubic, ex, ey].map(number).join(' ')} c`);
        break;
      }
      case 'bezierCurveTo':
        parts.push(`${points.map(number).join(' ')} c`);
        break;
      case 'closePath':
        parts.push('h');
        continue;
    }
    x = points.at(-2) ?? 0;
    y = points.at(-1) ?? 0;
  }
  return parts.join('\n');
}

function pen(font: Font, text: string, scale: number, dx: number, dy: number): string {
  let x = dx;
  return Array.from(text, (char) => {
    const glyph = visibleGlyph(font, char) ?? font.glyphForCodePoint(0x20);
    const path = glyphPath(glyph.path.commands, scale / font.unitsPerEm, x, dy);
    x += (glyph.advanceWidth / font.unitsPerEm) * scale;
    return path;
  }).join('\n');
}

/** Box of one em with the code point inside, as papers draw a character without a glyph. */
function codeBox(font: Font, char: string, dx: number): string {
  const measure = measureIn(font);
  const rect = (x: number, y: number, w: number, h: number, clockwise: boolean) => {
    const corners = [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ] as const;
    const ordered = clockwise ? [...corners].reverse() : corners;
    return `${ordered.map(([px, py], i) => `${number(px)} ${number(py)} ${i === 0 ? 'm' : 'l'}`).join('\n')}\nh`;
  };
  const rows = codePointRows(char).map((row, index) =>
    pen(font, row, 0.42, dx + (1 - measure.width(row, 0.42)) / 2, index === 0 ? 0.43 : 0),
  );
  return [
    rect(dx + 0.03, -0.14, 0.94, 1.02, false),
    rect(dx + 0.07, -0.1, 0.86, 0.94, true),
    ...rows,
  ].join('\n');
}

/** Outlines of a text, for places where no font can be embedded, such as a typed name in a signature. */
export function outlineText(text: string, fonts: PaperFonts): TextOutline {
  const font = paperFont(fonts);
  const measure = measureIn(font);
  let x = 0;
  const paths = measure.runs(measure.plain(text)).map((run) => {
    const path = run.kind === 'code' ? codeBox(font, run.char, x) : pen(font, run.text, 1, x, 0);
    x += run.kind === 'code' ? 1 : measure.width(run.text, 1);
    return path;
  });
  return { width: x, path: paths.join('\n') };
}
