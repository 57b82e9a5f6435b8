import { join } from 'node:path';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { buildPage } from './measuring/page.ts';

const plan = { warmUp: 10, rounds: 200, photograph: 400_000 };

const measures = {
  'draft: saved p50': { unit: 'ms', aim: { atMost: 10 } },
  'draft: saved p99': { unit: 'ms', bound: { atMost: 250 }, aim: { atMost: 50 } },
  'draft: bare IndexedDB p50': { unit: 'ms' },
  'draft: bare IndexedDB p99': { unit: 'ms' },
  'draft: saved / bare IndexedDB, p50': { unit: '×' },
  'photograph: saved p50': { unit: 'ms' },
  'photograph: saved p99': { unit: 'ms' },
  'envelope with files: in the outbox p50': { unit: 'ms', aim: { atMost: 50 } },
  'envelope with files: in the outbox p99': {
    unit: 'ms',
    bound: { atMost: 500 },
    aim: { atMost: 150 },
  },
  'envelope with files: bare IndexedDB p50': { unit: 'ms' },
  'envelope with files: bare IndexedDB p99': { unit: 'ms' },
  'envelope with files: outbox / bare IndexedDB, p50': { unit: '×' },
} as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'durable-save',
  about: `From the call until “saved” is true on the disk (strict durability, AES-256-GCM), in Chromium on a real profile, without a line: a newborn bundle's draft with all answers, a photograph of ${plan.photograph / 1000} KB, and a sealed envelope with two photographs and a paper; ${plan.rounds} rounds after ${plan.warmUp} of warm-up. Beside it bare IndexedDB with strict durability, same bytes, no encryption.`,
  measures,
  async run() {
    const built = await buildPage(join(import.meta.dirname, 'saving', 'inPage.ts'));
    try {
      const { page, close } = await built.open();
      try {
        const taken = await page.evaluate((asked) => window.measureSaving(asked), plan);
        const p = (samples: keyof typeof taken, fraction: number): number =>
          percentile(taken[samples], fraction);
        return {
          'draft: saved p50': p('draft', 0.5),
          'draft: saved p99': p('draft', 0.99),
          'draft: bare IndexedDB p50': p('bareDraft', 0.5),
          'draft: bare IndexedDB p99': p('bareDraft', 0.99),
          'draft: saved / bare IndexedDB, p50': p('draft', 0.5) / p('bareDraft', 0.5),
          'photograph: saved p50': p('photograph', 0.5),
          'photograph: saved p99': p('photograph', 0.99),
          'envelope with files: in the outbox p50': p('envelope', 0.5),
          'envelope with files: in the outbox p99': p('envelope', 0.99),
          'envelope with files: bare IndexedDB p50': p('bareEnvelope', 0.5),
          'envelope with files: bare IndexedDB p99': p('bareEnvelope', 0.99),
          'envelope with files: outbox / bare IndexedDB, p50':
            p('envelope', 0.5) / p('bareEnvelope', 0.5),
        };
      } finally {
        await close();
      }
    } finally {
      await built.stop();
    }
  },
};
