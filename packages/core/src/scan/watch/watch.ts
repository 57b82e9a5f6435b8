import type { Clock } from '../../ports/clock.ts';
import { findCard, readCard, type TextRecogniser } from '../card/index.ts';
import { classify } from '../classify.ts';
import { evidenceOf } from '../codeEvidence.ts';
import { readCodes } from '../codes.ts';
import type { Frame } from '../frame.ts';
import type { Evidence } from '../scan.ts';
import type { SecondReader } from '../secondReader.ts';
import { readZones } from '../zone/index.ts';
import { type Advice, adviceOf } from './advice.ts';
import { stillness } from './motion.ts';
import { type Sight, sightOf } from './sight.ts';

export interface WatchOptions {
  /** `documents`: identity cards, passports and permits, and codes as well. */
  readonly seek: 'codes' | 'documents';
  readonly clock: Clock;
  /** The second engine for codes, once it is there. */
  readonly second: () => SecondReader | undefined;
  /** Opens what reads the print of resident cards; asked when one is held still. `undefined`: not to be had now. */
  readonly recogniser: () => Promise<TextRecogniser | undefined>;
  /** A closer look begins, which takes a second: the person is asked to keep still. */
  readonly onCloser: () => void;
}

/** What one frame of a running camera held. */
export interface Look {
  /** What was read surely enough to end the watching; empty in most frames. */
  readonly evidence: readonly Evidence[];
  /** What keeps anything from being read. */
  readonly advice: Advice;
}

export interface Watch {
  /** Looks at the next frame, and overwrites it. One at a time. */
  look(frame: Frame): Promise<Look>;
}

/** Frames for which something has to be held still before a closer look is worth its time. */
const steady = 2;
/** Frames until the next closer look, once one found nothing: something has to change first. */
const rest = 4;
/** Frames after which one is taken of what a trembling hand holds. */
const patience = 10;
/** The same for what has no outline: a card before the lens, but also a wall with print on it. */
const unsure = { steady: 4, rest: 12, size: 0.45 } as const;

/**
 * Watches a running camera: a cheap look at every frame, a closer one at what is held still. Ends with what is sure: a
 * code, a zone or a card's front whose check digits hold; what is less is looked for again in a later frame.
 */
export function openWatch({ seek, clock, second, recogniser, onCloser }: WatchOptions): Watch {
  const stillFor = stillness();
  let turn = 0;
  let closest = -unsure.rest;
  let wrongSide = false;

  const codesIn = async (frame: Frame, effort: 'glance' | 'thorough') =>
    (await readCodes(frame, { effort, turn, second: second() })).map((finding) =>
      evidenceOf(finding, classify(finding.text)),
    );

  const isTime = (still: number) =>
    turn - closest > (still >= steady ? rest : patience) && (still >= steady || turn >= patience);
  const isTimeAnyway = (still: number, { thing }: Sight) =>
    (thing?.size ?? 0) > unsure.size && still >= unsure.steady && turn - closest > unsure.rest;

  const code = async (frame: Frame): Promise<Look> => {
    const evidence = await codesIn(frame, 'glance');
    const still = stillFor(frame);
    if (evidence.length > 0) return { evidence, advice: 'none' };
    const advice = adviceOf(sightOf(frame), seek);
    if (advice === 'dark' || still < steady || !isTime(still)) return { evidence, advice };
    closest = turn;
    const closer = await codesIn(frame, 'thorough');
    return { evidence: closer, advice: closer.length > 0 ? 'none' : advice };
  };

  const document = async (frame: Frame): Promise<Look> => {
    const still = stillFor(frame);
    const found = await codesIn(frame, 'glance');
    if (found.length > 0) return { evidence: found, advice: 'none' };
    const corners = findCard(frame);
    const sight = sightOf(frame, corners);
    const advice = adviceOf(sight, seek);
    if (advice === 'dark' || advice === 'too-far') return { evidence: [], advice };
    const zones = readZones(frame, 'glance', clock.now()).filter(isSure);
    if (zones.length > 0) return { evidence: zones, advice: 'none' };
    wrongSide = wrongSide && still > 0;
    const advised: Look = { evidence: [], advice: wrongSide ? 'turned' : advice };
    if (!(corners === undefined ? isTimeAnyway(still, sight) : isTime(still))) return advised;
    closest = turn;
    if (corners !== undefined) onCloser();
    const closer = readZones(frame, 'thorough', clock.now());
    const reader = closer.length > 0 ? undefined : await recogniser();
    if (closer.length === 0 && reader === undefined) {
      closest = turn + unsure.rest;
      return { evidence: [], advice: corners === undefined ? advice : 'no-print-reader' };
    }
    const read = reader === undefined ? closer : await readCard(frame, reader);
    const sure = read.filter(isSure);
    if (sure.length > 0) return { evidence: sure, advice: 'none' };
    wrongSide = read.some(({ source }) => source === 'card-back');
    return { evidence: [], advice: wrongSide ? 'turned' : advice };
  };

  return {
    async look(frame) {
      try {
        const look = await (seek === 'codes' ? code : document)(frame);
        turn++;
        return look;
      } finally {
        frame.data.fill(0);
      }
    },
  };
}

const isSure = ({ assurance }: Evidence): boolean => assurance !== 'declared';
