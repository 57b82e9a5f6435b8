import { describe, expect, test } from 'vitest';
import { judge } from './quality.ts';

function picture(grey: (x: number, y: number) => number) {
  const [width, height] = [320, 240];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.fill(grey(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { data, width, height };
}

/** Lines of print: dark strokes on a light page. */
const print = (x: number, y: number) => (y % 12 < 5 && (x * 7 + y) % 9 < 4 ? 40 : 215);
/** The same page out of focus: no edge is left. */
const blurred = (x: number, y: number) => 150 + 20 * Math.sin(x / 30) + 20 * Math.sin(y / 25);

describe('the quality of a photograph', () => {
  test('print in focus is sharp, bright and free of glare', () => {
    expect(judge(picture(print))).toEqual({ sharp: true, bright: true, withoutGlare: true });
  });
  test('a page out of focus is not sharp', () => {
    expect(judge(picture(blurred)).sharp).toBe(false);
  });
  test('a page in the dark is not bright', () => {
    expect(judge(picture((x, y) => print(x, y) / 8)).bright).toBe(false);
  });
  test('a lamp mirrored in the page is glare', () => {
    expect(judge(picture((x, y) => (y < 140 ? 255 : print(x, y)))).withoutGlare).toBe(false);
  });
});
