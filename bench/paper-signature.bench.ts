import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { buildPage } from './measuring/page.ts';
import { measurePaper, type PaperFigures, type Step } from './paper/measure.ts';
import { photograph } from './paper/photograph.ts';

const font = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const plan = { warmUp: 3, rounds: 30, plainEvery: 6 };
/** A kiosk's renderer process ends with each visit, so a person's papers are often the first of a page. */
const freshPages = 5;

const measures = {
  'chromium: make p50': { unit: 'ms' },
  'chromium: make and sign p50': { unit: 'ms' },
  'chromium: make and sign p95': {
    unit: 'ms',
    bound: { atMost: 800 },
    aim: { atMost: 400 },
  },
  'chromium: make and sign, first of a page, p50': { unit: 'ms' },
  'chromium: one more signature p50': { unit: 'ms' },
  'chromium: one more signature p95': { unit: 'ms' },
  'chromium: one more signature / node-forge PKCS #7, RSA-2048': { unit: '×' },
  'chromium: verify two signatures p50': { unit: 'ms' },
  'chromium: making / plain pdf-lib with the whole font': { unit: '×' },
  'node: make p50': { unit: 'ms' },
  'node: make and sign p50': { unit: 'ms' },
  'node: make and sign p95': { unit: 'ms' },
  'node: one more signature p50': { unit: 'ms' },
  'node: one more signature / node-forge PKCS #7, RSA-2048': { unit: '×' },
  'node: verify two signatures p50': { unit: 'ms' },
  'node: making / plain pdf-lib with the whole font': { unit: '×' },
  'signed paper': { unit: 'KB' },
  'signed paper / plain pdf-lib with the whole font': { unit: '×' },
} as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'paper-signature',
  about: `An application form of 5 pages in Chinese with 3 photographs of 2000 × 1500 pixels, made and signed (PAdES B-B, a new P-256 key with its certificate for each signature), ${plan.rounds} rounds after ${plan.warmUp} of warm-up; plain pdf-lib every ${plan.plainEvery}th round, node-forge every round; first of a page in ${freshPages} new browsers.`,
  measures,
  async run() {
    const pictures = [1, 2, 3].map((seed) => photograph(seed));
    const names = pictures.map((_, index) => `photograph-${index + 1}.jpg`);
    const fonts = {
      regular: new Uint8Array(await readFile(createRequire(import.meta.url).resolve(font))),
    };
    const node = await measurePaper(fonts, pictures, plan);

    const built = await buildPage(
      join(import.meta.dirname, 'paper', 'inPage.ts'),
      Object.fromEntries(names.map((name, index) => [name, pictures[index] ?? new Uint8Array()])),
    );
    try {
      const inNewPage = async (how: typeof plan): Promise<PaperFigures> => {
        const { page, close } = await built.open();
        try {
          return await page.evaluate(([urls, asked]) => window.measurePaper(urls, asked), [
            names,
            how,
          ] as const);
        } finally {
          await close();
        }
      };
      const first: number[] = [];
      for (let index = 0; index < freshPages; index += 1) {
        // A round of warm-up alone: what it says of its first round is all that is wanted.
        first.push((await inNewPage({ warmUp: 1, rounds: 0, plainEvery: 2 })).first);
      }
      const chromium = await inNewPage(plan);
      const p = (figures: PaperFigures, step: Step, at: number): number =>
        percentile(figures.taken[step], at);
      const ratio = (figures: PaperFigures, ours: Step, peer: Step): number =>
        p(figures, ours, 0.5) / p(figures, peer, 0.5);
      return {
        'chromium: make p50': p(chromium, 'make', 0.5),
        'chromium: make and sign p50': p(chromium, 'make and sign', 0.5),
        'chromium: make and sign p95': p(chromium, 'make and sign', 0.95),
        'chromium: make and sign, first of a page, p50': percentile(first, 0.5),
        'chromium: one more signature p50': p(chromium, 'one more', 0.5),
        'chromium: one more signature p95': p(chromium, 'one more', 0.95),
        'chromium: one more signature / node-forge PKCS #7, RSA-2048': ratio(
          chromium,
          'one more',
          'forge',
        ),
        'chromium: verify two signatures p50': p(chromium, 'verify', 0.5),
        'chromium: making / plain pdf-lib with the whole font': ratio(chromium, 'make', 'plain'),
        'node: make p50': p(node, 'make', 0.5),
        'node: make and sign p50': p(node, 'make and sign', 0.5),
        'node: make and sign p95': p(node, 'make and sign', 0.95),
        'node: one more signature p50': p(node, 'one more', 0.5),
        'node: one more signature / node-forge PKCS #7, RSA-2048': ratio(node, 'one more', 'forge'),
        'node: verify two signatures p50': p(node, 'verify', 0.5),
        'node: making / plain pdf-lib with the whole font': ratio(node, 'make', 'plain'),
        'signed paper': chromium.size / 1000,
        'signed paper / plain pdf-lib with the whole font': chromium.size / chromium.plainSize,
      };
    } finally {
      await built.stop();
    }
  },
};
