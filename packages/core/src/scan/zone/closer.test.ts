import { describe, expect, it } from 'vitest';
import { closer } from './closer.ts';

const [width, height] = [40, 30];

function framed(grey: (x: number, y: number) => number) {
  const data = Uint8ClampedArray.from({ length: width * height }, (_, i) =>
    grey(i % width, Math.floor(i / width)),
  );
  return { data, width, height };
}

describe('a part of a picture at twice its size', () => {
  it('has what was there where it was', () => {
    const frame = framed((x, y) => 20 + 3 * x + 2 * y);
    const points = [
      { x: 10, y: 8 },
      { x: 30, y: 12 },
    ];
    const { frame: large, back } = closer(frame, points, 3);
    expect([large.width, large.height]).toEqual([52, 20]);
    for (const [x, y] of [
      [4, 4],
      [25, 9],
      [47, 15],
    ] as const) {
      const there = back({ x, y });
      const grey = 20 + 3 * there.x + 2 * there.y;
      expect(Math.abs(large.data[y * large.width + x]! - grey)).toBeLessThanOrEqual(1);
    }
  });

  it('keeps strokes of a pixel sharper than straight lines would', () => {
    const frame = framed((x) => (x % 4 === 0 ? 40 : 200));
    const { frame: large } = closer(frame, [{ x: 20, y: 15 }], 10);
    expect(Math.min(...large.data)).toBeLessThanOrEqual(62);
  });

  it('ends where the picture ends', () => {
    const { frame: large, back } = closer(
      framed(() => 128),
      [{ x: 0, y: 0 }],
      100,
    );
    expect([large.width, large.height]).toEqual([2 * width, 2 * height]);
    expect(back({ x: 0.5, y: 0.5 })).toEqual({ x: 0, y: 0 });
    expect(new Set(large.data)).toEqual(new Set([128]));
  });
});
