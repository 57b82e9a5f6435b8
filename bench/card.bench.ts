import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findCard, readCard } from '@tongban/core/scan';
import {
  type CardPhotograph,
  drawnFront,
  inkFont,
  photographedCard,
  printedCard,
} from '@tongban/core/testing/cards';
import { installedRecogniser } from '@tongban/core/testing/recogniser';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { inRounds } from './measuring/rounds.ts';

const ways: readonly CardPhotograph[] = [
  { width: 1012, height: 638, share: 1 },
  { width: 640, height: 480, share: 0.9, noise: 60 },
  { width: 1012, height: 700, share: 0.9, degrees: 3, contrast: 0.3, table: 150 },
];
const plan = { warmUp: 3, rounds: 30 };

export const bench: Bench = {
  name: 'card',
  about: `${plan.rounds} fronts of made-up resident cards, drawn: filling the picture, of 640 pixels with noise, faint and turned by 3°. Each read once after ${plan.warmUp} of warm-up, with PP-OCRv4's recogniser on onnxruntime-web. In Node; one thread.`,
  measures: {
    'fronts right': { unit: `of ${plan.rounds}`, bound: { atLeast: 28 } },
    'wrong numbers marked right': { unit: '', bound: { atMost: 0 } },
    'front p50': { unit: 'ms', bound: { atMost: 3_000 }, aim: { atMost: 1_500 } },
    'front p95': { unit: 'ms', aim: { atMost: 3_000 } },
    'outline p50': { unit: 'ms', aim: { atMost: 30 } },
    memory: { unit: 'MB', bound: { atMost: 600 } },
  },
  async run() {
    const file = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
    const font = inkFont(readFileSync(createRequire(import.meta.url).resolve(file)));
    const shown = Array.from({ length: plan.rounds }, (_, i) => {
      const card = printedCard(i + 1);
      const how = ways[i % ways.length] as CardPhotograph;
      return { card, frame: photographedCard(drawnFront(card, font, i), how, i) };
    });
    const before = process.memoryUsage.rss();
    const recogniser = await installedRecogniser();
    let [right, wrong, largest] = [0, 0, 0];
    const taken = await inRounds<'front' | 'outline'>(plan, async (time, index) => {
      const picture = shown.at(index);
      if (picture === undefined) throw new Error('There is no picture.');
      const { card, frame } = picture;
      await time('outline', () => findCard(frame));
      const [evidence] = await time('front', () => readCard(frame, recogniser));
      largest = Math.max(largest, process.memoryUsage.rss() - before);
      if (index < 0) return;
      const field = (name: string) => evidence?.fields.find((each) => each.name === name);
      const number = field('residentId');
      if (number?.value !== card.number && number?.check === 'passed') wrong += 1;
      if (number?.value === card.number && field('name')?.value === card.name) right += 1;
    });
    return {
      'fronts right': right,
      'wrong numbers marked right': wrong,
      'front p50': percentile(taken.front, 0.5),
      'front p95': percentile(taken.front, 0.95),
      'outline p50': percentile(taken.outline, 0.5),
      memory: largest / 1e6,
    };
  },
};
