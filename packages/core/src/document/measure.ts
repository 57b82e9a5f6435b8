import type { Font } from 'fontkit';
import { plainSpaces, visibleGlyph } from './font.ts';

/** A stretch of text the font can show, or one character it cannot, to be drawn by its code point. */
export type Run =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly char: string };

/** Measures and divides text by code points, in one font. */
export interface Measure {
  /** Width in points at a size in points. A character without a glyph is one em wide. */
  width(text: string, size: number): number;
  runs(text: string): Run[];
  /** Text as it will be drawn: spaces the font lacks become plain ones. */
  plain(text: string): string;
}

export function measureIn(font: Font): Measure {
  /** Advance in em; `undefined` for a character that the font cannot show. */
  const advances = new Map<string, number | undefined>();
  const advance = (char: string) => {
    if (!advances.has(char)) {
      const glyph = visibleGlyph(font, char);
      advances.set(char, glyph && glyph.advanceWidth / font.unitsPerEm);
    }
    return advances.get(char);
  };
  return {
    width: (text, size) =>
      Array.from(text).reduce((sum, char) => sum + (advance(char) ?? 1) * size, 0),
    runs(text) {
      const runs: Run[] = [];
      let shown = '';
      for (const char of text) {
        if (advance(char) !== undefined) {
          shown += char;
          continue;
        }
        if (shown) runs.push({ kind: 'text', text: shown });
        shown = '';
        runs.push({ kind: 'code', char });
      }
      if (shown) runs.push({ kind: 'text', text: shown });
      return runs;
    },
    plain: (text) => plainSpaces(font, text),
  };
}

/** Hexadecimal code point in two rows, as readers of proofs know it. */
export function codePointRows(char: string): [string, string] {
  const hex = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const half = Math.ceil(hex.length / 2);
  return [hex.slice(0, half), hex.slice(half)];
}
