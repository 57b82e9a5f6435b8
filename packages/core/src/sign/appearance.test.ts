import { expect, test } from 'vitest';
import { notoSans, rasterPage } from '../document/testing/pdfTools.ts';
import { type Appearance, drawAppearance, type PenPoint } from './appearance.ts';
import { signPdf } from './signPdf.ts';
import { unsigned } from './testing/papers.ts';
import { noon, openCentre } from './testing/people.ts';

const line = (count: number, pressure?: number): PenPoint[] =>
  Array.from({ length: count }, (_, i) => ({
    x: i,
    y: 30 * Math.sin(i / 20),
    t: i,
    ...(pressure === undefined ? {} : { pressure }),
  }));

/** Pixels that an appearance darkens on the page. */
async function inked(appearance: Appearance): Promise<number> {
  const centre = await openCentre();
  const paper = await unsigned();
  const act = { field: 'applicant', appearance, signedAt: noon, name: '丁小禾' };
  const signed = await signPdf(paper, centre.seal, act);
  const [before, after] = [rasterPage(paper, 1, 100), rasterPage(signed, 1, 100)];
  return before.grey.filter((grey, i) => grey - (after.grey[i] ?? 0) > 100).length;
}

test('a single touch and a level line leave ink', async () => {
  expect(await inked({ kind: 'drawn', strokes: [[{ x: 5, y: 5, t: 0 }]] })).toBeGreaterThan(0);
  const level = [0, 100].map((x) => ({ x, y: 5, t: x }));
  expect(await inked({ kind: 'drawn', strokes: [level] })).toBeGreaterThan(100);
});

test('a firm pen leaves more ink than a light one', async () => {
  const light = await inked({ kind: 'drawn', strokes: [line(120, 0.1)] });
  const firm = await inked({ kind: 'drawn', strokes: [line(120, 1)] });
  expect(firm).toBeGreaterThan(1.5 * light);
});

test('a typed name is seen, also one that the font does not know', async () => {
  expect(await inked({ kind: 'typed', text: '丁小禾', fonts: notoSans })).toBeGreaterThan(200);
  expect(await inked({ kind: 'typed', text: '𠮷', fonts: notoSans })).toBeGreaterThan(100);
  const content = await drawAppearance({ kind: 'typed', text: '𠮷', fonts: notoSans }, 190, 46);
  expect(content).toContain('/ActualText <FEFFD842DFB7>');
});

test('however long someone draws, the appearance stays small', async () => {
  const endless = { kind: 'drawn', strokes: [line(200_000, 0.5)] } as const;
  expect((await drawAppearance(endless, 190, 46)).length).toBeLessThan(500_000);
});
