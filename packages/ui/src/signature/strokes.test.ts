import { describe, expect, test } from 'vitest';
import { extend, looksSigned, type PenPoint, penWidth } from './strokes.ts';

const at = (x: number, y: number, t = 0, pressure = 0.5): PenPoint => ({ x, y, t, pressure });

describe('strokes', () => {
  test('keep every sample that moved and drop those that did not', () => {
    const stroke = extend([at(0, 0)], [at(0.2, 0, 4), at(3, 4, 8), at(3.1, 4, 12), at(6, 8, 16)]);
    expect(stroke.map((point) => [point.x, point.y])).toEqual([
      [0, 0],
      [3, 4],
      [6, 8],
    ]);
  });

  test('a dot or a slip is not a signature, a name is', () => {
    expect(looksSigned([], 200)).toBe(false);
    expect(looksSigned([[at(10, 10)]], 200)).toBe(false);
    expect(looksSigned([[at(0, 0), at(40, 0)]], 200)).toBe(false);
    expect(
      looksSigned(
        [
          [at(0, 0), at(120, 0)],
          [at(0, 50), at(0, 150)],
        ],
        200,
      ),
    ).toBe(true);
  });

  test('a quick stroke is thinner, a pressed one thicker', () => {
    expect(penWidth(at(0, 0, 0), at(40, 0, 10), 10)).toBeLessThan(
      penWidth(at(0, 0, 0), at(5, 0, 10), 10),
    );
    expect(penWidth(at(0, 0), at(5, 0, 10, 0.9), 10)).toBeGreaterThan(
      penWidth(at(0, 0), at(5, 0, 10, 0.2), 10),
    );
  });
});
