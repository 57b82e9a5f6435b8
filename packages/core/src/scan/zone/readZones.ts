import type { Frame, Point } from '../frame.ts';
import { distance } from '../line.ts';
import { after, asIs, halved, turned, type View, wipe } from '../view.ts';
import { type Band, findBands } from './bands.ts';
import { closer } from './closer.ts';
import { hasPrint } from './density.ts';
import { evidenceOf, type ZoneEvidence } from './evidence.ts';
import { groupsOf } from './groups.ts';
import { type Layout, layouts } from './layout.ts';
import { type LineRead, readLine, spare } from './readLine.ts';
import { type Solution, solve } from './solve.ts';
import { type Way, waysOf } from './ways.ts';

export type ZoneEffort = 'glance' | 'thorough';

/** Most pixels of the longer side of the smallest picture that lines are looked for in; at a glance; at all. */
const [smallest, glanced, largest] = [700, 1000, 2600];
/** Most pixels of the longer side of a picture that is looked at twice as large. */
const fewPixels = 520;
/** Least score of all characters of a line; see LineRead. */
const readable = -0.9;
/** Least score of what a zone may say: what is none breaks its rules. */
const plausible = -0.35;
/** Score above which a zone was taken where it lies. */
const sure = -0.06;

/**
 * Reads the machine-readable zones (ICAO 9303) in a frame: passports, cards, visas, travel permits; upright, on the
 * side or upside down, some degrees askew. `glance` is for a running camera, `thorough` for a picture that will not
 * come again. `now` tells the century of a birth. An empty list means that there is none that can be made out; nothing
 * about the picture makes it throw.
 */
export function readZones(frame: Frame, effort: ZoneEffort, now: Date): readonly ZoneEvidence[] {
  for (const turn of [asIs, turned]) {
    const views = pyramid(turn(frame));
    try {
      if (effort === 'glance' && !hasPrint((views.at(-1) as View).frame)) return [];
      for (const at of levels(views, effort)) {
        const found = zonesIn(views, at, effort, now);
        if (found.length > 0) return found;
      }
    } finally {
      // The last one was made of all the others.
      wipe(views.at(-1) as View);
    }
  }
  return [];
}

/** Which of the views lines are looked for in: a zone may fill the frame or a fifth of it. */
function levels(views: readonly View[], effort: ZoneEffort): readonly number[] {
  const long = views.map(({ frame: { width, height } }) => Math.max(width, height));
  const all = long.map((_, at) => at).toReversed();
  if (effort === 'thorough')
    return all.filter((at) => (long[at] as number) <= largest || at === all[0]);
  return all
    .filter((at) => (long[at] as number) <= glanced)
    .slice(0, 2)
    .toReversed();
}

/** The picture and its halves. */
function pyramid(view: View): readonly View[] {
  const views = [view];
  for (let last = view; Math.max(last.frame.width, last.frame.height) > smallest; ) {
    last = after(last, halved);
    views.push(last);
  }
  return views;
}

/** Groups share lines: the likeliest way is read first, and what lies where a zone was read is no other. */
function zonesIn(
  views: readonly View[],
  at: number,
  effort: ZoneEffort,
  now: Date,
): readonly ZoneEvidence[] {
  for (const bands of bandSets((views[at] as View).frame, effort === 'thorough' && at === 0)) {
    const found = zonesAmong(views, at, bands, effort, now);
    if (found.length > 0) return found;
  }
  return [];
}

/** Lines of a small picture lie close: they part at twice its size. A half of a large one is as fine as it shall be. */
function* bandSets(frame: Frame, whole: boolean): Generator<readonly Band[]> {
  if (whole && Math.max(frame.width, frame.height) <= fewPixels) {
    const large = closer(frame, wholeOf(frame), 0);
    const bands = findBands(large.frame);
    wipe(large);
    yield bands.map(({ left, right }) => ({ left: large.back(left), right: large.back(right) }));
  }
  yield findBands(frame);
}

function wholeOf({ width, height }: Frame): readonly Point[] {
  return [
    { x: 0, y: 0 },
    { x: width, y: height },
  ];
}

function zonesAmong(
  views: readonly View[],
  at: number,
  bands: readonly Band[],
  effort: ZoneEffort,
  now: Date,
): readonly ZoneEvidence[] {
  const ways = groupsOf(bands)
    .slice(0, effort === 'thorough' ? 10 : 3)
    .flatMap((group) => waysOf(views, at, group))
    .toSorted((a, b) => b.taste - a.taste);
  try {
    return zonesBy(ways.slice(0, effort === 'thorough' ? 6 : 2), now);
  } finally {
    ways.forEach(wipe);
  }
}

function zonesBy(ways: readonly Way[], now: Date): readonly ZoneEvidence[] {
  const found: ZoneEvidence[] = [];
  for (const way of ways) {
    const ends = way.bands.flatMap(({ left, right }) => [left, right]).map(way.back);
    const middle = middleOf(ends);
    const reach = distance(ends[0] as Point, ends.at(-1) as Point) / 4;
    const taken = found.some(({ points }) => distance(middleOf(points), middle) < reach);
    const zone = taken ? undefined : read(way, now);
    if (zone !== undefined) found.push(zone);
  }
  return found;
}

function middleOf(points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function read({ frame, back, bands, length, small }: Way, now: Date): ZoneEvidence | undefined {
  const reads: LineRead[] = [];
  for (const band of bands) {
    const line = readLine(frame, band, length, small);
    if (line.score < readable) return undefined;
    reads.push(line);
  }
  const possible = layouts.filter(
    (layout) => layout.length === length && layout.lines === bands.length,
  );
  const { layout, solution } = likeliest(possible, reads);
  if (solution.score < plausible) return undefined;
  return evidenceOf(layout, solution, corners(reads).map(back), now);
}

/**
 * A visa has the lines of a passport: what a zone must be tells, and it tells where a line begins where its filler does
 * not.
 */
function likeliest(possible: readonly Layout[], reads: readonly LineRead[]) {
  const solved = (shifts: readonly number[]) =>
    possible
      .map((layout): { layout: Layout; solution: Solution } => ({
        layout,
        solution: solve(
          layout,
          reads.map(({ logs }, line) => {
            const from = spare + (shifts[line] ?? 0);
            return logs.slice(from, from + layout.length);
          }),
        ),
      }))
      .reduce(better);
  const straight = solved(reads.map(() => 0));
  if (straight.solution.score > sure) return straight;
  return shiftsOf(reads.length).map(solved).reduce(better, straight);
}

function better<T extends { readonly solution: Solution }>(best: T, one: T): T {
  return one.solution.score > best.solution.score ? one : best;
}

/** All ways to take each line where it was found, a character earlier or one later. */
function shiftsOf(lines: number): readonly (readonly number[])[] {
  return lines === 0
    ? [[]]
    : shiftsOf(lines - 1).flatMap((others) => [0, -1, 1].map((shift) => [...others, shift]));
}

/** Clockwise from the upper left of the writing. */
function corners(reads: readonly LineRead[]): readonly Point[] {
  const [first, last] = [reads[0] as LineRead, reads.at(-1) as LineRead];
  return [first.band.left, first.band.right, last.band.right, last.band.left];
}
