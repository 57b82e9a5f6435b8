import { type BitMatrix, HybridBinarizer, RGBLuminanceSource } from '@zxing/library';
import { expect, test } from 'vitest';
import { blackGlobally, blackLocally } from './black.ts';
import { rowChanges } from './changes.ts';
import type { Frame } from './frame.ts';
import { drawn, photographed } from './testing/drawnCodes.ts';
import { contrasted } from './view.ts';

test('local thresholds are those of the library where there is no grain', async () => {
  const code = photographed(await drawn('qr', 'TBH1:bG9jYXRvcg.a2V5'), { blur: 1 });
  const { data, width, height } = cut(code, 8);
  const source = new RGBLuminanceSource(Uint8ClampedArray.from(data), width, height);
  const expected = new HybridBinarizer(source).getBlackMatrix();
  const image = blackLocally({ data, width, height });
  let others = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (image.get(x, y) !== expected.get(x, y)) others++;
  // At the edge of the quiet zone a block may show dark by less than the four pixels that count here.
  expect(others).toBeLessThan(width * height * 0.002);
});

test('a picture whose sides are no multiple of a block is black to its edges', () => {
  const stripes = painted(67, 45, (x) => (x % 6 < 3 ? 30 : 220));
  const places = rowChanges(blackLocally(stripes))(44);
  expect(places).toEqual(Array.from({ length: 22 }, (_, i) => 3 * (i + 1)));
});

test('grain is no ink, whatever the threshold', () => {
  const wall = photographed(
    painted(320, 240, () => 230),
    { noise: 24, seed: 5 },
  );
  expect(inks(blackLocally(wall))).toBe(0);
  expect(inks(blackLocally(contrasted(wall).frame))).toBe(0);
  // Between dark and light, this one lies somewhere on the wall: there whole blocks change, not pixels.
  const image = blackGlobally(wall);
  for (let y = 0; y < 240; y++)
    for (const x of rowChanges(image)(y)) expect(x % 8, `at ${x}, ${y}`).toBe(0);
});

test('a step of light is kept where it is faint all around', () => {
  const halves = painted(160, 160, (x) => (x < 84 ? 60 : 200));
  expect(rowChanges(blackGlobally(halves))(80)).toEqual([84]);
});

function painted(width: number, height: number, grey: (x: number) => number): Frame {
  const data = Uint8ClampedArray.from({ length: width * height }, (_, i) => grey(i % width));
  return { data, width, height };
}

function cut({ data, width, height }: Frame, to: number): Frame {
  const [w, h] = [width - (width % to), height - (height % to)];
  const rows = Array.from({ length: h }, (_, y) => [...data.subarray(y * width, y * width + w)]);
  return { data: Uint8ClampedArray.from(rows.flat()), width: w, height: h };
}

function inks(image: BitMatrix): number {
  const at = rowChanges(image);
  let changes = 0;
  for (let y = 0; y < image.getHeight(); y++) changes += at(y).length + (image.get(0, y) ? 1 : 0);
  return changes;
}
