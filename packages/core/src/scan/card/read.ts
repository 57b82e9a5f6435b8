import { parseResidentId } from '../../form/residentId.ts';
import type { Frame, Point } from '../frame.ts';
import { distance } from '../line.ts';
import { halved, leaning, turned } from '../view.ts';
import { backFields, isPeriod } from './back.ts';
import type { CardEvidence, CardLine, CardRead } from './evidence.ts';
import { findCard } from './find.ts';
import { frontFields, numberIn, sure } from './front.ts';
import { type Box, cropOf, inkOf, linesIn } from './lines.ts';
import type { TextRecogniser } from './recogniser.ts';
import { skewOf } from './skew.ts';
import { cardAspect, straightened } from './straighten.ts';

const size = { width: 1012, height: Math.round(1012 / cardAspect) };
/** Degrees: lines that lean less than this are read as they are. */
const level = 0.5;
/** A front has seven or eight lines; what is more is the ground's. */
const mostLines = 10;

/**
 * Reads one side of a resident identity card (居民身份证) in a photograph. Where no outline is seen the whole picture
 * is taken for the card. What was cut out of the picture is overwritten before this returns, the face with it.
 * @returns nothing where neither a number nor a period was made out; one evidence otherwise.
 */
export async function readCard(
  frame: Frame,
  recogniser: TextRecogniser,
): Promise<readonly CardEvidence[]> {
  const held: Frame[] = [];
  const keep = <T extends Frame>(made: T): T => {
    held.push(made);
    return made;
  };
  const read = async (lines: readonly Frame[]): Promise<readonly CardLine[]> => {
    const texts = await recogniser.read(lines.map(keep));
    return texts.map(({ text, confidence }) => ({ text: text.normalize('NFKC'), confidence }));
  };
  try {
    const corners = findCard(frame);
    for (const points of corners === undefined ? [edges(frame)] : [corners, edges(frame)]) {
      const side = await readSide(straight(frame, points, keep), keep, read);
      if (side !== undefined) return [{ ...evidenceOf(side), points }];
    }
    return [];
  } finally {
    for (const { data } of held) data.fill(0);
  }
}

type Keep = <T extends Frame>(made: T) => T;
type Read = (lines: readonly Frame[]) => Promise<readonly CardLine[]>;

/** What a card's side was told by, and all its lines. */
interface Side {
  readonly source: CardEvidence['source'];
  readonly fields: readonly CardRead[];
}

function evidenceOf({ source, fields }: Side): Omit<CardEvidence, 'points'> {
  const passed = fields.some(({ name, check }) => name === 'residentId' && check === 'passed');
  return {
    source,
    kind: 'resident-card',
    assurance: passed ? 'read' : 'declared',
    fields,
    confirm: fields.filter(({ check }) => check !== 'passed').map(({ name }) => name),
  };
}

/** Clockwise, the first side a long one. */
function edges({ width, height }: Frame): readonly Point[] {
  const [a, b, c, d] = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
  return width >= height ? [a, b, c, d] : [b, c, d, a];
}

/** The card as if lying straight; large pictures are halved first, or every other pixel would be left out. */
function straight(frame: Frame, corners: readonly Point[], keep: Keep): Frame {
  const [a, b, c] = corners as [Point, Point, Point];
  const [long, short] = [distance(a, b), distance(b, c)];
  if (long > 1.9 * size.width) {
    const near = corners.map(({ x, y }) => ({ x: x / 2, y: y / 2 }));
    return straight(keep(halved(frame).frame), near, keep);
  }
  const whole = Math.abs(long / short - cardAspect) > 0.45;
  const height = whole ? Math.round((size.width * short) / long) : size.height;
  return keep(straightened(frame, corners, { width: size.width, height }));
}

/** Tries both ways up, then both ways on the side. */
async function readSide(picture: Frame, keep: Keep, read: Read): Promise<Side | undefined> {
  for (const way of [picture, keep(turned(picture).frame)]) {
    const angle = skewOf(keep(inkOf(way)));
    const upright = Math.abs(angle) < level ? way : keep(leaning(-angle)(way).frame);
    const upside = keep({ ...upright, data: upright.data.toReversed() });
    for (const one of [upright, upside]) {
      const side = await readUpright(one, keep, read);
      if (side !== undefined) return side;
    }
  }
  return undefined;
}

/** Number or period are the widest lines of the lower half, and tell the side; the rest is read after one of them. */
async function readUpright(picture: Frame, keep: Keep, read: Read): Promise<Side | undefined> {
  const boxes = linesIn(keep(inkOf(picture)));
  const wide = boxes
    .filter((box) => widthOf(box) > 5 * heightOf(box))
    .toSorted((a, b) => b.top - a.top)
    .slice(0, 2);
  for (const box of wide) {
    const [line] = await read([cropOf(picture, box)]);
    // Print that stands on its head makes no sense to the recogniser.
    if (line === undefined || line.confidence < 0.05) continue;
    if (isPeriod(line.text)) {
      const others = boxes.filter(
        (each) => each !== box && Math.abs(each.top - box.top) < 5 * heightOf(box),
      );
      const lines = await read(others.slice(-3).map((each) => cropOf(picture, each)));
      return { source: 'card-back', fields: backFields([line, ...lines]) };
    }
    if (numberIn(line.text) === undefined) continue;
    const above = boxes.filter(({ bottom }) => bottom <= box.top + 0.3 * heightOf(box));
    const near = above.slice(-mostLines);
    const texts = await read(near.map((each) => cropOf(picture, each)));
    const rows = sideBySide(near.map((each, i) => ({ ...each, ...(texts[i] ?? unread) })));
    const number = await surest(line, box, picture, read);
    return { source: 'card-front', fields: frontFields(number, rows) };
  }
  return undefined;
}

const unread: CardLine = { text: '', confidence: 0 };

/** Pieces of one row that lie too far apart to be cut out as one, put together from left to right. */
function sideBySide(pieces: readonly (Box & CardLine)[]): readonly CardLine[] {
  const rows: (Box & CardLine)[][] = [];
  for (const piece of pieces.filter(({ text }) => text !== '')) {
    const middle = (piece.top + piece.bottom) / 2;
    const row = rows.find(([first]) => first && middle > first.top && middle < first.bottom);
    if (row === undefined) rows.push([piece]);
    else row.push(piece);
  }
  return rows.map((row) => ({
    text: row
      .toSorted((a, b) => a.left - b.left)
      .map(({ text }) => text)
      .join(''),
    confidence: Math.min(...row.map(({ confidence }) => confidence)),
  }));
}

/** A number whose check character is wrong, or of which a character is unsure, is read again, cut out otherwise. */
async function surest(line: CardLine, box: Box, picture: Frame, read: Read): Promise<CardLine> {
  let best = line;
  for (const margin of [0.4, 0.05]) {
    if (holds(best) && best.confidence >= sure) break;
    const [again] = await read([cropOf(picture, box, margin)]);
    if (again === undefined || !holds(again)) continue;
    // Two readings that both hold and differ: neither is sure.
    if (holds(best) && numberIn(best.text) !== numberIn(again.text))
      return { ...best, confidence: 0 };
    if (!holds(best) || again.confidence > best.confidence) best = again;
  }
  return best;
}

function holds({ text }: CardLine): boolean {
  const number = numberIn(text);
  return number !== undefined && parseResidentId(number).ok;
}

const heightOf = ({ top, bottom }: Box): number => bottom - top;
const widthOf = ({ left, right }: Box): number => right - left;
