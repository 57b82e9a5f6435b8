import { beforeAll, expect, test } from 'vitest';
import { notoSans } from '../../document/testing/pdfTools.ts';
import type { Frame } from '../frame.ts';
import {
  type CardPhotograph,
  drawnBack,
  drawnFront,
  inkFont,
  photographedCard,
  printedCard,
} from '../testing/drawnCards.ts';
import { installedRecogniser } from '../testing/models.ts';
import type { CardEvidence } from './evidence.ts';
import { readCard } from './read.ts';
import type { TextRecogniser } from './recogniser.ts';

const font = inkFont(notoSans.regular);
let recogniser: TextRecogniser;
beforeAll(async () => {
  recogniser = await installedRecogniser();
});

const ways: readonly (readonly [string, CardPhotograph])[] = [
  ['filling the picture', { width: 1012, height: 638, share: 1 }],
  ['of 640 pixels with much noise', { width: 640, height: 480, share: 0.9, noise: 60 }],
  ['faint and turned by 3°', { width: 1012, height: 700, degrees: 3, contrast: 0.3, table: 150 }],
  ['turned by 13°', { width: 1280, height: 720, share: 0.6, degrees: 13, noise: 15 }],
  ['under a light', { width: 1280, height: 720, share: 0.7, degrees: -4, glare: 90, noise: 12 }],
  ['from the side', { width: 1280, height: 960, share: 0.7, slant: 0.12, degrees: 6 }],
  ['upside down', { width: 1280, height: 960, share: 0.7, degrees: 184, noise: 12 }],
  ['on its short side', { width: 1280, height: 1000, share: 0.6, degrees: 87, noise: 12 }],
];

const said = (evidence: CardEvidence | undefined) =>
  Object.fromEntries(evidence?.fields.map(({ name, value }) => [name, value]) ?? []);

test.each(ways)('a front %s', async (_, how) => {
  const seed = ways.findIndex(([, each]) => each === how) + 2;
  const card = printedCard(seed);
  const [evidence] = await readCard(
    photographedCard(drawnFront(card, font, seed), how, seed),
    recogniser,
  );
  expect(said(evidence)).toMatchObject({
    residentId: card.number,
    name: card.name,
    sex: card.sex === '男' ? '1' : '2',
    birthDate: card.birthDate,
    address: card.address.join(''),
  });
  expect(evidence).toMatchObject({ source: 'card-front', assurance: 'read' });
  expect(evidence?.confirm).toEqual(['name', 'ethnicity', 'address']);
});

test.each(ways.slice(1, 4))('a back %s', async (_, how) => {
  const card = printedCard(5);
  const [evidence] = await readCard(photographedCard(drawnBack(card, font, 5), how, 5), recogniser);
  expect(said(evidence)).toEqual({
    issuedBy: card.issuedBy,
    validFrom: card.validFrom.replaceAll('.', '-'),
    validUntil: card.validUntil.replaceAll('.', '-'),
  });
  expect(evidence).toMatchObject({ source: 'card-back', assurance: 'declared' });
});

test('a name with a dot between its parts', async () => {
  const card = printedCard(9);
  expect(card.name).toContain('·');
  const frame = photographedCard(drawnFront(card, font, 9), { width: 1012, height: 638 }, 9);
  expect(said((await readCard(frame, recogniser))[0])).toMatchObject({ name: card.name });
});

test('nothing is read where there is no card', async () => {
  const data = Uint8ClampedArray.from({ length: 640 * 480 }, (_, i) => 120 + ((i * 7919) % 31));
  expect(await readCard({ data, width: 640, height: 480 }, recogniser)).toEqual([]);
});

test.each(['read', 'failed'])('what was cut out is overwritten when it was %s', async (way) => {
  const handed: Frame[] = [];
  const watching: TextRecogniser = {
    async read(lines) {
      for (const line of lines) expect(line.data.some((value) => value > 0)).toBe(true);
      handed.push(...lines);
      if (way === 'failed') throw new Error('no memory');
      return lines.map(() => ({ text: '320199199403120027', confidence: 1 }));
    },
  };
  const how = { width: 1280, height: 720, degrees: 5 };
  const frame = photographedCard(drawnFront(printedCard(1), font, 1), how, 1);
  const reading = readCard(frame, watching);
  if (way === 'failed') await expect(reading).rejects.toThrow('no memory');
  else await reading;
  expect(handed.length).toBeGreaterThan(0);
  for (const { data } of handed) expect(data.every((value) => value === 0)).toBe(true);
});
