import { type Frame, readZones, type ZoneEvidence } from '@tongban/core/scan';
import {
  drawnZone,
  type MadeZone,
  madeZone,
  seeded,
  thumbnailOf,
} from '@tongban/core/testing/zones';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { inRounds } from './measuring/rounds.ts';

const plan = { warmUp: 2, rounds: 30 };
const now = new Date('2026-11-30T00:00:00Z');
const kinds = ['td3', 'td1', 'td3', 'mrv-a', 'td3', 'td2'] as const;

export const bench: Bench = {
  name: 'zone',
  about: `${plan.rounds} pages of made-up passports of 500 to 1000 pixels, turned, noisy, blurred; ${plan.rounds} pictures of documents of 250 to 350 pixels, compressed and printed over; a wall at a glance. Each once after ${plan.warmUp} of warm-up, in Node, on one thread.`,
  measures: {
    'passports wholly right': { unit: `of ${plan.rounds}`, bound: { atLeast: 29 } },
    'passport p50': { unit: 'ms' },
    'passport p95': { unit: 'ms' },
    'small pictures wholly right': { unit: `of ${plan.rounds}`, aim: { atLeast: 25 } },
    'small picture p50': { unit: 'ms' },
    'fields wrongly passed': { unit: '', bound: { atMost: 0 } },
    'wall at a glance p50': { unit: 'ms', aim: { atMost: 10 } },
  },
  async run() {
    const wall = wallOf(1280, 720);
    const right = { page: 0, small: 0 };
    let wronglyPassed = 0;
    const taken = await inRounds<'page' | 'small' | 'wall'>(plan, async (time, index) => {
      const page = pageOf(index);
      const small = smallOf(index);
      const reads = {
        page: await time('page', () => readZones(page.frame, 'thorough', now)),
        small: await time('small', () => readZones(small.frame, 'thorough', now)),
      };
      await time('wall', () => readZones(wall, 'glance', now));
      if (index < 0) return;
      for (const [which, { zone }] of [['page', page] as const, ['small', small] as const]) {
        const [read] = reads[which];
        if (read?.lines.join('\n') === zone.lines.join('\n')) right[which] += 1;
        wronglyPassed += wrong(read, zone);
      }
    });
    return {
      'passports wholly right': right.page,
      'passport p50': percentile(taken.page, 0.5),
      'passport p95': percentile(taken.page, 0.95),
      'small pictures wholly right': right.small,
      'small picture p50': percentile(taken.small, 0.5),
      'fields wrongly passed': wronglyPassed,
      'wall at a glance p50': percentile(taken.wall, 0.5),
    };
  },
};

interface Shown {
  readonly zone: MadeZone;
  readonly frame: Frame;
}

function pageOf(index: number): Shown {
  const random = seeded(61_000_000 + index);
  const zone = madeZone('td3', random);
  const width = Math.round(500 + 500 * random());
  const how = { width, turn: 6 * random() - 3, noise: 1 + 4 * random(), blur: 0.1 * random() };
  return { zone, frame: drawnZone(zone, how, 62_000_000 + index) };
}

function smallOf(index: number): Shown {
  const random = seeded(63_000_000 + index);
  const zone = madeZone(kinds[Math.abs(index) % kinds.length] ?? 'td3', random);
  const width = Math.round(250 + 100 * random());
  const how = { width, cut: 'document', turn: 3 * random() - 1.5 } as const;
  return { zone, frame: thumbnailOf(zone, how, 64_000_000 + index) };
}

function wallOf(width: number, height: number): Frame {
  const random = seeded(65);
  const data = Uint8ClampedArray.from(
    { length: width * height },
    (_, at) => 150 + 20 * ((at % width) / width) + 8 * random(),
  );
  return { data, width, height };
}

function wrong(read: ZoneEvidence | undefined, { fields }: MadeZone): number {
  return (read?.fields ?? []).filter(
    ({ name, value, check }) => check === 'passed' && (fields[name] ?? value) !== value,
  ).length;
}
