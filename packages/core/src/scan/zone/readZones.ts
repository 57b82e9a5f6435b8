import type { Frame, Point } from '../frame.ts';
import { distance } from '../line.ts';
import { after, asIs, halved, turned, type View } from '../view.ts';
import { type Band, findBands } from './bands.ts';
import { hasPrint } from './density.ts';
import { evidenceOf, type ZoneEvidence } from './evidence.ts';
import { type Group, groupsOf } from './groups.ts';
import { type Layout, layouts } from './layout.ts';
import { type LineRead, readLine, spare, tasteLine } from './readLine.ts';
import { type Solution, solve } from './solve.ts';

export type ZoneEffort = 'glance' | 'thorough';

/** Most pixels of the longer side of the smallest picture that lines are looked for in; at a glance; at all. */
const [smallest, glanced, largest] = [700, 1000, 2600];
/** Pixels a character beyond which the recogniser needs no more. */
const enough = 22;
/** Least scores of three characters of a line, of eight, and of all; see LineRead. */
const [edible, tasty, readable] = [-1.6, -1.2, -0.9];
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
    if (effort === 'glance' && !hasPrint((views.at(-1) as View).frame)) return [];
    for (const at of levels(views, effort)) {
      const found = zonesIn(views, at, effort, now);
      if (found.length > 0) return found;
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

/** How a group of lines may be read: which way up, and with how many characters to a line. */
interface Way {
  readonly frame: Frame;
  readonly back: View['back'];
  readonly bands: Group;
  readonly length: number;
  readonly taste: number;
}

/** Groups share lines: the likeliest way is read first, and what lies where a zone was read is no other. */
function zonesIn(
  views: readonly View[],
  at: number,
  effort: ZoneEffort,
  now: Date,
): readonly ZoneEvidence[] {
  const ways = groupsOf(findBands((views[at] as View).frame))
    .slice(0, effort === 'thorough' ? 10 : 3)
    .flatMap((group) => waysOf(views, at, group))
    .toSorted((a, b) => b.taste - a.taste)
    .slice(0, effort === 'thorough' ? 6 : 2);
  const found: ZoneEvidence[] = [];
  for (const way of ways) {
    const middle = middleOf(way.bands.flatMap(({ left, right }) => [left, right]).map(way.back));
    const reach = distance((way.bands[0] as Band).left, (way.bands.at(-1) as Band).right) / 4;
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

function waysOf(views: readonly View[], at: number, group: Group): readonly Way[] {
  const lengths = layouts.filter(({ lines }) => lines === group.length).map(({ length }) => length);
  return [group, upsideDown(group)].flatMap((lines) =>
    [...new Set(lengths)].flatMap((length) => {
      const near = closeUp(views, at, lines, length);
      const tasted = (band: Band, count: number) => tasteLine(near.frame, band, length, count);
      // Lines of a letter and shelves of a hall mostly fail with three characters.
      if (tasted(near.bands.at(-1) as Band, 3) < edible) return [];
      const taste = Math.min(...near.bands.map((band) => tasted(band, 8)));
      return taste < tasty ? [] : [{ ...near, length, taste }];
    }),
  );
}

function read({ frame, back, bands, length }: Way, now: Date): ZoneEvidence | undefined {
  const reads: LineRead[] = [];
  for (const band of bands) {
    const line = readLine(frame, band, length);
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

/** The picture in which characters are no larger than the recogniser asks for, and the lines in it. */
function closeUp(views: readonly View[], at: number, lines: Group, length: number) {
  const first = lines[0] as Band;
  const pitch = distance(first.left, first.right) / length;
  let level = at;
  for (let size = pitch; level > 0 && 2 * size <= enough; size *= 2) level--;
  const { frame, back } = views[level] as View;
  const scale = 2 ** (at - level);
  const up = ({ x, y }: Point) => ({ x: (x + 0.5) * scale - 0.5, y: (y + 0.5) * scale - 0.5 });
  return {
    frame,
    back,
    bands: lines.map(({ left, right }) => ({ left: up(left), right: up(right) })),
  };
}

function upsideDown(group: Group): Group {
  return group.toReversed().map(({ left, right }) => ({ left: right, right: left }));
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
