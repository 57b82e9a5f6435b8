import { describe, expect, test } from 'vitest';
import { onWhite, type RgbFrame, y4m } from './y4m.ts';

const flat = (width: number, height: number, rgb: readonly number[]): RgbFrame => ({
  width,
  height,
  pixels: Uint8Array.from({ length: width * height * 3 }, (_, at) => rgb[at % 3] ?? 0),
});

describe('a film for the fake camera', () => {
  test('names its size and rate, and holds a frame after each mark', () => {
    const film = y4m([flat(4, 2, [0, 0, 0]), flat(4, 2, [255, 255, 255])], 5);
    const header = 'YUV4MPEG2 W4 H2 F5:1 Ip A1:1 C420mpeg2\n';
    expect(film.subarray(0, header.length).toString('ascii')).toBe(header);
    expect(film.length).toBe(header.length + 2 * ('FRAME\n'.length + 12));
  });

  test.each([
    ['black', [0, 0, 0], [16, 128, 128]],
    ['white', [255, 255, 255], [235, 128, 128]],
    ['red', [255, 0, 0], [82, 90, 240]],
    ['blue', [0, 0, 255], [41, 240, 110]],
  ])('gives %s its BT.601 values', (_name, rgb, [luma, u, v]) => {
    const film = y4m([flat(2, 2, rgb)]);
    expect([...film.subarray(-6)]).toEqual([luma, luma, luma, luma, u, v]);
  });

  test('refuses sizes that 4:2:0 cannot hold, and frames of unlike size', () => {
    expect(() => y4m([flat(3, 2, [0, 0, 0])])).toThrow(/even/);
    expect(() => y4m([flat(2, 2, [0, 0, 0]), flat(4, 2, [0, 0, 0])])).toThrow(/one size/);
    expect(() => y4m([])).toThrow(/at least one/);
  });

  test('lays a small picture in the middle, enlarged by whole pixels', () => {
    const laid = onWhite(flat(1, 1, [0, 0, 0]), { width: 4, height: 2 });
    const dark = [...laid.pixels].map((value, at) => (value === 0 && at % 3 === 0 ? at / 3 : -1));
    expect(dark.filter((pixel) => pixel >= 0)).toEqual([1, 2, 5, 6]);
  });
});
