import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alphabet } from '@tongban/core/testing/zones';
import { create, type PathCommand } from 'fontkit';

/**
 * Writes the outlines that training and tests draw OCR-B with. `apt-get install fonts-ocr-b`, then
 * `node scripts/train/outlines.ts`.
 */
const font = create(readFileSync('/usr/share/fonts/opentype/ocr-b/OCRB.otf'));
const verbs = { moveTo: 'M', lineTo: 'L', bezierCurveTo: 'C', closePath: 'Z' };
const glyphs: Record<string, string> = {};
let advance = 0;
for (const character of alphabet) {
  const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
  advance = glyph.advanceWidth;
  glyphs[character] = glyph.path.commands.map(written).join('');
}
const target = join(import.meta.dirname, '../../packages/core/src/scan/testing/ocrbOutlines.json');
writeFileSync(target, `${JSON.stringify({ advance, glyphs }, undefined, 2)}\n`);

function written({ command, args }: PathCommand): string {
  if (command === 'quadraticCurveTo') throw new Error('OCR-B of this font has cubic curves only');
  return `${verbs[command]}${args.map(Math.round).join(' ')}`;
}
