import { join } from 'node:path';
import type { Frame } from '@tongban/core/scan';
import { printedCard } from '@tongban/core/testing/cards';
import { madeZone, seeded } from '@tongban/core/testing/zones';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { cardInHand, codeInHand, passportInHand } from '../tests/support/index.ts';
import { filmOf } from './camera/films.ts';
import type { Watched } from './camera/inPage.ts';
import { type BuiltPage, buildPage } from './measuring/page.ts';
import { largestRenderer } from './measuring/resident.ts';

const plan = { codes: 24, passports: 8, cards: 8, reads: 12 };
/** Frames of a tenth of a second that a thing stays in view. */
const inView = { codes: 20, documents: 60 };

const measures = {
  'codes read': { unit: `of ${plan.codes}`, bound: { atLeast: plan.codes } },
  'code: in view to evidence p50': { unit: 'ms' },
  'code: in view to evidence p95': { unit: 'ms', bound: { atMost: 1_500 } },
  'passports read': { unit: `of ${plan.passports}` },
  'passport: in view to evidence p50': { unit: 'ms' },
  'cards read': { unit: `of ${plan.cards}` },
  'card: in view to evidence p50': { unit: 'ms' },
  'wrong reads': { unit: '', bound: { atMost: 0 } },
  'card alone, in a worker p50': { unit: 'ms', bound: { atMost: 3_000 }, aim: { atMost: 1_500 } },
  'card alone, in a worker p95': { unit: 'ms', bound: { atMost: 3_000 }, aim: { atMost: 1_500 } },
  'frame of the page while reading p95': { unit: 'ms', aim: { atMost: 34 } },
  memory: { unit: 'MB', bound: { atMost: 600 } },
} as const satisfies Bench['measures'];

/** What is filmed, and what a right read of it says. */
interface Shown {
  readonly scene: Frame;
  readonly says: string;
}

export const bench: Bench<keyof typeof measures> = {
  name: 'camera',
  about: `Films of an unsteady hand in Chromium’s fake camera, 1280 × 720, ten frames a second: ${plan.codes} codes, ${plan.passports} passports, ${plan.cards} resident cards, shaken, smeared, out of focus now and then, a lamp wandering over them. From the first frame in which a thing is in view until the scanner’s screen hands over what was read. Then ${plan.reads} cards alone, each read once in a worker.`,
  measures,
  async run() {
    const cards = Array.from({ length: plan.reads }, (_, i) => printedCard(i + 21)).map((card) => ({
      card,
      frame: cardInHand(card),
    }));
    const files = Object.fromEntries(
      cards.map(({ frame }, i) => [`card-${i}`, Uint8Array.from(frame.data)]),
    );
    const built = await buildPage(join(import.meta.dirname, 'camera/inPage.ts'), files);
    try {
      const codes = await watch(built, 'codes', await codesShown(), inView.codes);
      const passports = await watch(built, 'documents', passportsShown(), inView.documents);
      const held = await watch(built, 'documents', cardsShown(), inView.documents);
      const alone = await readAlone(
        built,
        cards.map(({ card, frame }) => ({ scene: frame, says: card.number })),
      );
      return {
        'codes read': codes.taken.length,
        'code: in view to evidence p50': percentile(codes.taken, 0.5),
        'code: in view to evidence p95': percentile(codes.taken, 0.95),
        'passports read': passports.taken.length,
        'passport: in view to evidence p50': percentile(passports.taken, 0.5),
        'cards read': held.taken.length,
        'card: in view to evidence p50': percentile(held.taken, 0.5),
        'wrong reads': codes.wrong + passports.wrong + held.wrong + alone.wrong,
        'card alone, in a worker p50': percentile(alone.taken, 0.5),
        'card alone, in a worker p95': percentile(alone.taken, 0.95),
        'frame of the page while reading p95': percentile([...codes.gaps, ...held.gaps], 0.95),
        memory: Math.max(held.memory, alone.memory) / 1e6,
      };
    } finally {
      await built.stop();
    }
  },
};

async function codesShown(): Promise<Shown[]> {
  const codes = Array.from({ length: plan.codes }, (_, i) => `TBH1:bG9j${i}.a2V5${i * 7919}`);
  return Promise.all(codes.map(async (says) => ({ says, scene: await codeInHand(says) })));
}

function passportsShown(): Shown[] {
  return Array.from({ length: plan.passports }, (_, i) => madeZone('td3', seeded(i + 301))).map(
    (zone) => ({ says: zone.fields.documentNumber ?? '', scene: passportInHand(zone) }),
  );
}

function cardsShown(): Shown[] {
  return Array.from({ length: plan.cards }, (_, i) => printedCard(i + 41)).map((card) => ({
    says: card.number,
    scene: cardInHand(card),
  }));
}

interface Result {
  /** Milliseconds of each that was read. */
  readonly taken: readonly number[];
  readonly wrong: number;
  readonly gaps: readonly number[];
  /** The most that the page's process had in RAM, in bytes. */
  readonly memory: number;
}

/** Plays the film once. What is read belongs to what came into view last before it. */
async function watch(
  built: BuiltPage,
  seek: 'codes' | 'documents',
  things: readonly Shown[],
  frames: number,
): Promise<Result> {
  const film = await filmOf(
    things.map(({ scene }) => scene),
    frames,
  );
  const { page, profile, close } = await built.open({
    fakeCapture: film.file,
    context: { viewport: { width: 390, height: 844 } },
  });
  try {
    await page.evaluate((what) => window.watch(what), seek);
    await page.waitForFunction((count) => window.watched.shown.length > count, things.length, {
      timeout: 2 * film.lasts + 60_000,
    });
    const watched = await page.evaluate(() => window.watched);
    const memory = largestRenderer(profile);
    return { ...judged(watched, new Set(things.map(({ says }) => says))), memory };
  } finally {
    await close();
    await film.remove();
  }
}

function judged({ shown, read, gaps }: Watched, right: ReadonlySet<string>) {
  const taken = new Map<string, number>();
  // The film begins where the camera was opened, and the first thing may be in view in the middle of its time.
  for (const { what, at } of read) {
    const since = shown.findLast((each) => each <= at);
    if (since !== undefined && !taken.has(what)) taken.set(what, at - since);
  }
  const wrong = [...taken.keys()].filter((what) => !right.has(what)).length;
  return { taken: [...taken.values()], wrong, gaps };
}

async function readAlone(built: BuiltPage, cards: readonly Shown[]): Promise<Result> {
  const { page, profile, close } = await built.open();
  try {
    const taken: number[] = [];
    let wrong = 0;
    for (const [index, { says, scene }] of [...cards.entries()].flatMap((each) =>
      // The first is read twice: loading the model is not reading.
      each[0] === 0 ? [each, each] : [each],
    )) {
      const read = await page.evaluate(
        ([file, width, height]) => window.readCard(file, width, height),
        [`card-${index}`, scene.width, scene.height] as const,
      );
      taken.push(read.ms);
      if (read.number !== undefined && read.number !== says) wrong += 1;
    }
    const memory = largestRenderer(profile);
    return { taken: taken.slice(1), wrong, gaps: [], memory };
  } finally {
    await close();
  }
}
