import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alphabet } from '@tongban/core/testing/zones';
import { create, type PathCommand } from 'fontkit';

/**
 * Writes the outlines that training and tests draw OCR-B with. `apt-get install fonts-ocr-b`, then
 * `node scripts/train/outlines.ts`.
 */
const verbs = { moveTo: 'M', lineTo: 'L', bezierCurveTo: 'C', closePath: 'Z' };
/** Units of the em from one character to the next, in all of them. */
const advance = 723;
const outlines = { advance, round: outlinesOf('OCRB.otf'), sharp: outlinesOf('OCRBS.otf') };
const target = join(import.meta.dirname, '../../packages/core/src/scan/testing/ocrbOutlines.json');
writeFileSync(target, `${JSON.stringify(outlines, undefined, 2)}\n`);

function outlinesOf(file: string): Record<string, string> {
  const font = create(readFileSync(join('/usr/share/fonts/opentype/ocr-b', file)));
  const entries = [...alphabet].map((character) => {
    const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
    return [character, glyph.path.commands.map(written).join('')];
  });
  return Object.fromEntries(entries);
}

function written({ command, args }: PathCommand): string {
  if (command === 'quadraticCurveTo') throw new Error('OCR-B of this font has cubic curves only');
  return `${verbs[command]}${args.map(Math.round).join(' ')}`;
}
