import { expect, test } from 'vitest';
import { stageFor } from './useStage.ts';

test('the two panels it is drawn for are shown as drawn', () => {
  expect(stageFor(1080, 1920)).toEqual({
    orientation: 'portrait',
    zoom: 1,
    width: 1080,
    height: 1920,
  });
  expect(stageFor(1920, 1080).zoom).toBe(1);
});

test('a smaller or larger panel shows the same drawing, and the rest of a longer side is used', () => {
  const desktop = stageFor(1280, 800);
  expect(desktop.orientation).toBe('landscape');
  expect(desktop.zoom).toBeCloseTo(0.667, 2);
  expect(desktop.width).toBeCloseTo(1920, 5);
  expect(desktop.height).toBeGreaterThan(1080);
  expect(stageFor(2160, 3840).zoom).toBe(2);
});
