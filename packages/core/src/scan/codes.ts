import type { Threshold } from './blackAndWhite.ts';
import { type Format, formats } from './formats.ts';
import type { Frame, Point } from './frame.ts';
import { linear, prepared, type Reading, read } from './readers.ts';
import { reliefOf } from './relief.ts';
import type { SecondReader } from './secondReader.ts';
import {
  after,
  asIs,
  contrasted,
  doubled,
  halved,
  inverted,
  leaning,
  sharpened,
  turned,
  type View,
  wipe,
} from './view.ts';

/** A code that was read; its points are in the frame's pixels. */
export type Finding = Reading;

export interface CodeOptions {
  /**
   * `glance` is for a running camera: one cheap pass, and one of the dearer ones, another with each
   * `turn`. `thorough` is for a picture that will not come again: all passes until one finds.
   */
  readonly effort: 'glance' | 'thorough';
  /** Number of the frame. */
  readonly turn?: number;
  /** All of them by default. */
  readonly formats?: readonly Format[];
  /** Another engine, asked after the cheap pass. */
  readonly second?: SecondReader | undefined;
}

interface Pass {
  readonly view: (frame: Frame) => View;
  readonly threshold: Threshold;
  /** Only worth its time up to this length of the longer side, in pixels. */
  readonly upTo?: number;
}

const small = 1000;
/** Photographs are brought below this first: a code that fills a twentieth of it is still readable. */
const longSide = 2048;

const quartered = (frame: Frame) => after(halved(frame), halved);
const first: Pass = { view: asIs, threshold: 'local' };
/** In the order of what each adds on photographed codes. */
const further: readonly Pass[] = [
  { view: asIs, threshold: 'global' },
  { view: turned, threshold: 'local' },
  { view: halved, threshold: 'local' },
  { view: halved, threshold: 'global' },
  { view: doubled, threshold: 'local', upTo: small },
  { view: inverted, threshold: 'local' },
  { view: quartered, threshold: 'local' },
  { view: (frame) => after(halved(frame), turned), threshold: 'local' },
  { view: turned, threshold: 'global' },
  { view: doubled, threshold: 'global', upTo: small },
  { view: inverted, threshold: 'global' },
  { view: (frame) => after(doubled(frame), sharpened), threshold: 'local', upTo: small },
  { view: contrasted, threshold: 'global' },
  { view: leaning(15), threshold: 'local' },
  { view: leaning(-15), threshold: 'local' },
];

/**
 * Reads the codes in a frame: the cheap pass, then the second engine where there is one, then what is dearer. An empty
 * list means that there is none that can be made out; nothing about the picture makes it throw.
 */
export async function readCodes(frame: Frame, options: CodeOptions): Promise<readonly Finding[]> {
  let base = asIs(frame);
  while (Math.max(base.frame.width, base.frame.height) > longSide) base = after(base, halved);
  try {
    return await readBase(frame, base, options);
  } finally {
    wipe(base);
  }
}

async function readBase(
  frame: Frame,
  base: View,
  options: CodeOptions,
): Promise<readonly Finding[]> {
  const wanted = options.formats ?? formats;
  const hard = options.effort === 'thorough';
  if (!hard && plain(base.frame)) return [];
  const looked = new Set<Pass['view']>();
  let unsure: readonly Finding[] = [];
  for (const pass of passesFor(base.frame, options)) {
    const made = look(base, pass, wanted, hard, looked);
    const found = made.filter(({ sure }) => sure).map(({ finding }) => finding);
    unsure = withOthers(
      unsure,
      made.filter(({ sure }) => !sure).map(({ finding }) => finding),
    );
    const asked = pass === first && (hard || made.length === 0) && isForSecond(options);
    const more = asked ? await askSecond(base, wanted, hard, options.second) : [];
    const all = withOthers(found, more);
    // A picture that will not come again is looked at until something is sure; a later frame of a camera may be.
    if (all.length > 0 || (!hard && unsure.length > 0)) return withOthers(all, unsure);
    if (asked && !hard) return [];
  }
  // A small code on a large page may need every pixel that the camera had.
  if (unsure.length > 0 || !hard || base.frame === frame) return unsure;
  const whole = attempt(asIs(frame), 'local', wanted, hard).map(({ finding }) => finding);
  return whole.length > 0 ? whole : askSecond(asIs(frame), wanted, hard, options.second);
}

function look(
  base: View,
  { view, threshold }: Pass,
  wanted: readonly Format[],
  hard: boolean,
  looked: Set<Pass['view']>,
): readonly Attempted[] {
  // Rows of bars have their own thresholds, the same in every pass over a view.
  const asked = looked.has(view) ? wanted.filter((format) => !linear.has(format)) : wanted;
  looked.add(view);
  const seen = view(base.frame);
  const back = (point: Point) => base.back(seen.back(point));
  try {
    return attempt({ ...seen, back }, threshold, asked, hard);
  } finally {
    wipe(seen);
  }
}

/**
 * Whether another engine looks at this frame too: at every picture that will not come again, for the codes beside the
 * first one as well; of a running camera's at every other, since it reads more in less time than any one pass of ours.
 */
function isForSecond({ effort, turn = 0, second }: CodeOptions): boolean {
  return second !== undefined && (effort === 'thorough' || turn % 2 === 1);
}

function withOthers(found: readonly Finding[], more: readonly Finding[]): readonly Finding[] {
  const isNew = ({ format, text }: Finding) =>
    !found.some((one) => one.format === format && one.text === text);
  return [...found, ...more.filter(isNew)];
}

async function askSecond(
  { frame, back }: View,
  wanted: readonly Format[],
  hard: boolean,
  second: SecondReader | undefined,
): Promise<readonly Finding[]> {
  const found = (await second?.read(frame, wanted, hard)) ?? [];
  return found.map((one) => ({ ...one, points: one.points.map(back) }));
}

/** Levels of grey that the means of sixteen pixels differ by where there is more than grain. */
const grain = 16;

/** Whether there is nothing but a surface, lit unevenly, and the grain of the camera. */
function plain(frame: Frame): boolean {
  const half = halved(frame);
  const { low, high } = reliefOf(half.frame);
  wipe(half);
  return high.every((lightest, at) => lightest - (low[at] ?? 0) <= grain);
}

function passesFor(frame: Frame, { effort, turn = 0, second }: CodeOptions): readonly Pass[] {
  const long = Math.max(frame.width, frame.height);
  const possible = further.filter((pass) => pass.upTo === undefined || long <= pass.upTo);
  if (effort === 'thorough') return [first, ...possible];
  const another = possible[(second === undefined ? turn : turn >> 1) % possible.length];
  return another === undefined ? [first] : [first, another];
}

interface Attempted {
  readonly finding: Finding;
  readonly sure: boolean;
}

function attempt(
  view: View,
  threshold: Threshold,
  wanted: readonly Format[],
  hard: boolean,
): readonly Attempted[] {
  const picture = prepared(view.frame, threshold);
  const found: Attempted[] = [];
  for (const format of wanted) {
    for (const { reading, sure } of read(picture, format, hard))
      found.push({ finding: { ...reading, points: reading.points.map(view.back) }, sure });
    if (!hard && found.length > 0) break;
  }
  return found;
}
