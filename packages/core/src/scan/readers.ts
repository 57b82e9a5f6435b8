import {
  AztecCodeReader,
  BinaryBitmap,
  Code128Reader,
  DataMatrixReader,
  DecodeHintType,
  EAN13Reader,
  PDF417Reader,
  QRCodeReader,
  type Result as ReadResult,
  ResultMetadataType,
} from '@zxing/library';
import { readAztec } from './aztec.ts';
import { BlackAndWhite, type Threshold } from './blackAndWhite.ts';
import { readDataMatrix } from './dataMatrix.ts';
import type { Format } from './formats.ts';
import type { Frame, Point } from './frame.ts';
import { mayHoldPdf417 } from './pdf417.ts';
import { bytesOf, bytewiseLabel, redecoded, textOf } from './text.ts';

/** What one reader saw in one frame. */
export interface Reading {
  readonly format: Format;
  /** Decoded strictly as UTF-8, else as GB 18030 or Shift_JIS. */
  readonly text: string;
  /** The bytes behind the text, for payloads that are not text. */
  readonly bytes: Uint8Array;
  /** Marks of the code in the frame's own pixels: finder patterns or corners, as the format has them. */
  readonly points: readonly Point[];
}

interface Reader {
  decode(image: BinaryBitmap, hints?: Map<DecodeHintType, unknown> | null): ReadResult;
}

/**
 * The readers are asked one by one. The library's own dispatcher would write a console warning with
 * a stack for each of them that finds nothing, on every frame.
 */
const readers: Readonly<Record<Format, () => Reader>> = {
  qr: () => new QRCodeReader(),
  'data-matrix': () => new DataMatrixReader(),
  aztec: () => new AztecCodeReader(),
  pdf417: () => new PDF417Reader(),
  'code-128': () => new Code128Reader(),
  'ean-13': () => new EAN13Reader(),
};

const everyRow = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]]);

/** Read along single rows. */
export const linear: ReadonlySet<Format> = new Set<Format>(['code-128', 'ean-13']);

/** A frame made ready for the readers. */
export interface Prepared {
  readonly frame: Frame;
  readonly threshold: Threshold;
  /** Black and white once, for all readers. */
  readonly black: BlackAndWhite;
  readonly bitmap: BinaryBitmap;
}

export function prepared(frame: Frame, threshold: Threshold): Prepared {
  const black = new BlackAndWhite(frame, threshold);
  return { frame, threshold, black, bitmap: new BinaryBitmap(black) };
}

/** What one reader made out, and how sure that is. */
export interface MadeOut {
  readonly reading: Reading;
  /** Of bar codes: two parts of the picture say the same. A bar code of which only neighbouring rows do is not sure. */
  readonly sure: boolean;
}

/** Asks one reader; empty when there is no such code, or none that can be made out. */
export function read(picture: Prepared, format: Format, hard: boolean): readonly MadeOut[] {
  if (linear.has(format)) return readBars(picture.bitmap, format, hard);
  const reading = readMatrix(picture, format, hard);
  return reading === undefined ? [] : [{ reading, sure: true }];
}

function readMatrix(picture: Prepared, format: Format, hard: boolean): Reading | undefined {
  const { bitmap } = picture;
  const hints = new Map<DecodeHintType, unknown>([[DecodeHintType.CHARACTER_SET, bytewiseLabel]]);
  if (hard) hints.set(DecodeHintType.TRY_HARDER, true);
  let result: ReadResult;
  try {
    if (format === 'pdf417' && !mayHoldPdf417(bitmap.getBlackMatrix())) return undefined;
    const own = readOwn(picture, format, hard);
    if (own !== undefined) return own;
    result = readers[format]().decode(bitmap, hints);
  } catch {
    // On noise the readers fail in many ways besides their own exceptions (an index outside a row,
    // a zero division): each of them means that nothing was read here.
    return undefined;
  }
  return readingOf(format, result.getText(), segmentsOf(result), pointsOf(result));
}

function pointsOf(result: ReadResult): readonly Point[] {
  return (result.getResultPoints() ?? []).flatMap((point) =>
    point === null || point === undefined ? [] : [{ x: point.getX(), y: point.getY() }],
  );
}

/** What we find ourselves and only have decoded by the library. */
function readOwn(
  { frame, threshold, black, bitmap }: Prepared,
  format: Format,
  hard: boolean,
): Reading | undefined {
  if (format === 'aztec') {
    const found = readAztec(bitmap.getBlackMatrix());
    return found && readingOf(format, found.result.getText(), [], found.points);
  }
  // It parts dark from light by itself: once is enough.
  if (format === 'data-matrix' && threshold === 'local') {
    const found = readDataMatrix(frame, black.relief, hard ? 'thorough' : 'glance');
    return (
      found && readingOf(format, found.result.getText(), segmentsOf(found.result), found.points)
    );
  }
  return undefined;
}

function segmentsOf(result: ReadResult): readonly Uint8Array[] {
  const segments = result.getResultMetadata()?.get(ResultMetadataType.BYTE_SEGMENTS);
  return (segments as Uint8Array[] | undefined) ?? [];
}

/** `shown` is the text as the reader has it, one character a byte where no character set was declared. */
function readingOf(
  format: Format,
  shown: string,
  segments: readonly Uint8Array[],
  points: readonly Point[],
): Reading {
  const raw = bytesOf(shown);
  let text = shown;
  if (segments.length > 0) text = redecoded(shown, segments);
  else if (raw !== undefined) text = textOf(raw);
  return { format, text, bytes: raw ?? new TextEncoder().encode(text), points };
}

/** Parts of the picture, one below the other, that are asked for what they say of a bar code. */
const strips = 16;

/**
 * Bar codes, of which there may be several in a picture. Their check digit lets one misread row in ten pass, and rows of
 * other codes as well: so another row must say the same, and where parts of the picture contradict each other, only
 * what two of them say counts.
 */
function readBars(bitmap: BinaryBitmap, format: Format, hard: boolean): readonly MadeOut[] {
  const first = decoded(bitmap, format, hard);
  if (first === undefined) return [];
  const said = new Map<string, { readonly results: ReadResult[]; readonly top: number }>();
  for (let strip = 0; strip < strips; strip += 1) {
    const top = Math.floor((strip * bitmap.getHeight()) / strips);
    const height = Math.floor(((strip + 1) * bitmap.getHeight()) / strips) - top;
    const result = decoded(part(bitmap, top, height), format, true);
    if (result === undefined) continue;
    const known = said.get(result.getText());
    if (known === undefined) said.set(result.getText(), { results: [result], top });
    else known.results.push(result);
  }
  const twice = [...said.values()].filter(({ results }) => results.length > 1);
  if (twice.length > 0)
    return twice.flatMap(({ results: [result], top }) =>
      result === undefined ? [] : [{ reading: barsOf(format, result, top), sure: true }],
    );
  const contradicted = said.size > 1 || (said.size === 1 && !said.has(first.getText()));
  if (contradicted || !seenTwice(bitmap, format, first)) return [];
  return [{ reading: barsOf(format, first, 0), sure: false }];
}

const barsOf = (format: Format, result: ReadResult, top: number): Reading =>
  readingOf(
    format,
    result.getText(),
    segmentsOf(result),
    pointsOf(result).map(({ x, y }) => ({ x, y: y + top })),
  );

function part(bitmap: BinaryBitmap, top: number, height: number): BinaryBitmap | undefined {
  return height < 1 ? undefined : bitmap.crop(0, top, bitmap.getWidth(), height);
}

/** `undefined` where there is nothing, or nothing to be made out. */
function decoded(
  bitmap: BinaryBitmap | undefined,
  format: Format,
  hard: boolean,
): ReadResult | undefined {
  if (bitmap === undefined) return undefined;
  try {
    return readers[format]().decode(bitmap, hard ? everyRow : undefined);
  } catch {
    // Each of the many ways in which a reader fails means that it read nothing here.
    return undefined;
  }
}

/** Whether another row, above or below, says the same. */
function seenTwice(bitmap: BinaryBitmap, format: Format, result: ReadResult): boolean {
  const row = Math.round(result.getResultPoints()[0]?.getY() ?? 0);
  const below = row + 1;
  return [part(bitmap, below, bitmap.getHeight() - below), part(bitmap, 0, row)].some(
    (rows) => decoded(rows, format, true)?.getText() === result.getText(),
  );
}
