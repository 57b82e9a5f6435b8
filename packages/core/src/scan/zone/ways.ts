import type { Frame, Point } from '../frame.ts';
import { distance } from '../line.ts';
import { type View, wipe } from '../view.ts';
import type { Band } from './bands.ts';
import { closer } from './closer.ts';
import type { Group } from './groups.ts';
import { layouts } from './layout.ts';
import { smallest } from './network.ts';
import { tasteLine } from './readLine.ts';

/** Pixels a character beyond which the recogniser needs no more. */
const enough = 22;
/** Least scores of three characters of a line and of eight; see LineRead. */
const [edible, tasty] = [-1.6, -1.2];

/** How a group of lines may be read: which way up, and with how many characters to a line. */
export interface Way {
  readonly frame: Frame;
  readonly back: View['back'];
  readonly bands: Group;
  readonly length: number;
  /** Whether its print is shown at twice its size. */
  readonly small: boolean;
  readonly taste: number;
  /** What was cut out for it, to be wiped once it was read. */
  readonly made: View['made'];
}

/** The ways to read a group of lines of the view `at` that three and eight of its characters speak for. */
export function waysOf(views: readonly View[], at: number, group: Group): readonly Way[] {
  const lengths = layouts.filter(({ lines }) => lines === group.length).map(({ length }) => length);
  return [group, upsideDown(group)].flatMap((lines) =>
    [...new Set(lengths)].flatMap((length) => {
      const near = closeUp(views, at, lines, length);
      const taste = tasteOf(near, length);
      if (taste !== undefined) return [{ ...near, length, taste }];
      wipe(near);
      return [];
    }),
  );
}

/** How likely the worst of the lines is one of a zone; `undefined` for what tastes of none. */
function tasteOf({ frame, bands }: Pick<Way, 'frame' | 'bands'>, length: number) {
  const tasted = (band: Band, count: number) => tasteLine(frame, band, length, count);
  // Lines of a letter and shelves of a hall mostly fail with three characters.
  if (tasted(bands.at(-1) as Band, 3) < edible) return undefined;
  const taste = Math.min(...bands.map((band) => tasted(band, 8)));
  return taste < tasty ? undefined : taste;
}

/** The picture in which characters are no larger than the recogniser asks for, and the lines in it. */
function closeUp(views: readonly View[], at: number, lines: Group, length: number) {
  const first = lines[0] as Band;
  const pitch = distance(first.left, first.right) / length;
  let level = at;
  for (let size = pitch; level > 0 && 2 * size <= enough; size *= 2) level--;
  const scale = 2 ** (at - level);
  const up = ({ x, y }: Point) => ({ x: (x + 0.5) * scale - 0.5, y: (y + 0.5) * scale - 0.5 });
  const near = {
    ...(views[level] as View),
    bands: lines.map(({ left, right }) => ({ left: up(left), right: up(right) })),
  };
  return pitch * scale < smallest
    ? cutOut(near, pitch * scale)
    : { ...near, small: false, made: [] };
}

/** The lines alone, at twice the size. */
function cutOut({ frame, back, bands }: Pick<Way, 'frame' | 'back' | 'bands'>, pitch: number) {
  const ends = bands.flatMap(({ left, right }) => [left, right]);
  const cut = closer(frame, ends, 4 * pitch);
  const corner = cut.back({ x: 0, y: 0 });
  const into = ({ x, y }: Point) => ({ x: 2 * (x - corner.x), y: 2 * (y - corner.y) });
  return {
    small: true,
    made: cut.made,
    frame: cut.frame,
    back: (point: Point) => back(cut.back(point)),
    bands: bands.map(({ left, right }) => ({ left: into(left), right: into(right) })),
  };
}

function upsideDown(group: Group): Group {
  return group.toReversed().map(({ left, right }) => ({ left: right, right: left }));
}
