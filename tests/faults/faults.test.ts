import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPageFiles } from './pageFiles.ts';
import { playRound } from './round.ts';

/** Seeds that once failed, kept with what they found. */
const remembered: readonly (readonly [seed: number, steps: number, found: string])[] = [];

let page: Awaited<ReturnType<typeof buildPageFiles>>;

beforeAll(async () => {
  page = await buildPageFiles();
});

afterAll(async () => {
  await page?.remove();
});

test('[C2] after bad days with real browsers, a real centre and a real database nothing is lost, doubled or stuck', async () => {
  const result = await playRound(1, 60, page.files);
  expect(result.faults, result.log.join(', ')).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(10);
});

test.each(remembered)('[C2] seed %i, %i steps: %s', async (seed, steps) => {
  expect((await playRound(seed, steps, page.files)).faults).toEqual([]);
});
