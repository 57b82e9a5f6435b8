import { BitMatrix } from '@zxing/library';
import { expect, test } from 'vitest';
import { rowChanges } from './changes.ts';

test.each([31, 32, 33, 96, 100])('finds every change in rows of %d pixels', (width) => {
  const image = new BitMatrix(width, 40);
  for (let y = 0; y < 40; y++)
    for (let x = 0; x < width; x++) if ((x * x + 7 * y) % 11 < 5) image.set(x, y);
  const at = rowChanges(image);
  for (let y = 0; y < 40; y++) {
    const expected = Array.from({ length: width }, (_, x) => x).filter(
      (x) => x > 0 && image.get(x, y) !== image.get(x - 1, y),
    );
    expect(at(y)).toEqual(expected);
  }
});
