import { BitMatrix } from '@zxing/library';
import { expect, test } from 'vitest';
import { blackLocally } from './black.ts';
import { mayHoldPdf417 } from './pdf417.ts';
import { drawn, photographed } from './testing/drawnCodes.ts';

test.each([0, 4, 180])('a PDF417 code turned by %d° may be one', async (degrees) => {
  const code = await drawn('pdf417', 'LAN ZHOU 320199', 3);
  const frame = photographed(code, { degrees, blur: 1, noise: 30 });
  expect(mayHoldPdf417(blackLocally(frame))).toBe(true);
});

test('so it is with its start pattern or its stop pattern at the edge of the picture', () => {
  expect(mayHoldPdf417(rows('1111111101010100011'))).toBe(true);
  expect(mayHoldPdf417(rows('0111111101000101001'))).toBe(true);
  expect(mayHoldPdf417(rows('0010101011111111'))).toBe(true);
});

test('even stripes, a step and one stray row are none', () => {
  expect(mayHoldPdf417(rows('1010101010101010101010'))).toBe(false);
  expect(mayHoldPdf417(rows('1111111100000000000000'))).toBe(false);
  expect(mayHoldPdf417(rows('1111111101010100011', 1))).toBe(false);
});

/** Every row as given, two pixels a module. */
function rows(modules: string, height = 12): BitMatrix {
  const image = new BitMatrix(modules.length * 2, height);
  for (const [i, module] of [...modules].entries())
    if (module === '1') image.setRegion(i * 2, 0, 2, height);
  return image;
}
