import { expect, test } from 'vitest';
import { notoSans } from '../../document/testing/pdfTools.ts';
import { distance } from '../line.ts';
import {
  cornersOf,
  drawnFront,
  inkFont,
  photographedCard,
  printedCard,
} from '../testing/drawnCards.ts';
import { findCard } from './find.ts';

const card = drawnFront(printedCard(1), inkFont(notoSans.regular), 1);

test.each([
  ['lying straight', 0, 0, 90],
  ['turned', 12, 0, 90],
  ['seen from the side', -6, 0.12, 60],
  ['on a lighter ground', 3, 0, 250],
  ['on its short side', 88, 0, 100],
])('the corners of a card %s', (_, degrees, slant, table) => {
  const how = { width: 1280, height: 960, share: 0.6, degrees, slant, table, noise: 12 };
  const found = findCard(photographedCard(card, how, 1));
  const truth = cornersOf(how, 0.6, degrees, slant);
  expect(found).toHaveLength(4);
  for (const [i, corner] of truth.entries())
    expect(distance(found?.[i] ?? { x: 0, y: 0 }, corner)).toBeLessThan(10);
});

test('the picture is left as it was', () => {
  const frame = photographedCard(card, { width: 640, height: 480 }, 1);
  const before = frame.data.slice();
  findCard(frame);
  expect(frame.data).toEqual(before);
});

test.each([
  ['an empty wall', (i: number) => 150 + ((i * 7919) % 9)],
  ['uneven light', (i: number) => 60 + (i % 640) / 5],
  [
    'a square',
    (i: number) => (i % 640 > 200 && i % 640 < 440 && i > 76_800 && i < 230_400 ? 220 : 60),
  ],
])('%s is no card', (_, grey) => {
  const data = Uint8ClampedArray.from({ length: 640 * 480 }, (_, i) => grey(i));
  expect(findCard({ data, width: 640, height: 480 })).toBeUndefined();
});
