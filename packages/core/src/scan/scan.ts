import type { Threshold } from './blackAndWhite.ts';
import { type Format, formats } from './formats.ts';
import type { Frame, Point } from './frame.ts';
import { linear, prepared, read } from './readers.ts';
import { reliefOf } from './relief.ts';
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
} from './view.ts';

/** A code that was read. */
export interface Finding {
  readonly format: Format;
  /** Decoded strictly as UTF-8, else as GB 18030. */
  readonly text: string;
  /** The bytes behind the text, for payloads that are not text. */
  readonly bytes: Uint8Array;
  /** Marks of the code in the frame's pixels: finder patterns or corners, as the format has them. */
  readonly points: readonly Point[];
}

export interface ScanOptions {
  /**
   * `glance` is for a running camera: one cheap pass, and one of the dearer ones, another with each
   * `turn`. `thorough` is for a picture that will not come again: all passes until one finds.
   */
  readonly effort: 'glance' | 'thorough';
  /** Number of the frame. */
  readonly turn?: number;
  /** All of them by default. */
  readonly formats?: readonly Format[];
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
 * Reads the codes in a frame, at most one of each format. An empty list means that there is none
 * that can be made out; nothing about the picture makes it throw.
 */
export function scan(frame: Frame, options: ScanOptions): readonly Finding[] {
  const wanted = options.formats ?? formats;
  let base = asIs(frame);
  while (Math.max(base.frame.width, base.frame.height) > longSide) base = after(base, halved);
  const hard = options.effort === 'thorough';
  if (!hard && plain(base.frame)) return [];
  const passes = passesFor(base.frame, options);
  const looked = new Set<Pass['view']>();
  for (const { view, threshold } of passes) {
    // Rows of bars have their own thresholds, the same in every pass over a view.
    const asked = looked.has(view) ? wanted.filter((format) => !linear.has(format)) : wanted;
    looked.add(view);
    const found = attempt(after(base, view), threshold, asked, hard);
    if (found.length > 0) return found;
  }
  // A small code on a large page may need every pixel that the camera had.
  if (hard && base.frame !== frame) return attempt(asIs(frame), 'local', wanted, hard);
  return [];
}

/** Levels of grey that the means of sixteen pixels differ by where there is more than grain. */
const grain = 16;

/** Whether there is nothing but a surface, lit unevenly, and the grain of the camera. */
function plain(frame: Frame): boolean {
  const { low, high } = reliefOf(halved(frame).frame);
  return high.every((lightest, at) => lightest - (low[at] ?? 0) <= grain);
}

function passesFor(frame: Frame, options: ScanOptions): readonly Pass[] {
  const long = Math.max(frame.width, frame.height);
  const possible = further.filter((pass) => pass.upTo === undefined || long <= pass.upTo);
  if (options.effort === 'thorough') return [first, ...possible];
  const another = possible[(options.turn ?? 0) % possible.length];
  return another === undefined ? [first] : [first, another];
}

function attempt(
  view: View,
  threshold: Threshold,
  wanted: readonly Format[],
  hard: boolean,
): readonly Finding[] {
  const picture = prepared(view.frame, threshold);
  const found: Finding[] = [];
  for (const format of wanted) {
    const reading = read(picture, format, hard);
    if (reading === undefined) continue;
    found.push({ ...reading, points: reading.points.map(view.back) });
    if (!hard) break;
  }
  return found;
}
