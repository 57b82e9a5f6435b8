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

/** What one reader saw in one frame, in that frame's own pixels. */
export interface Reading {
  readonly format: Format;
  readonly text: string;
  readonly bytes: Uint8Array;
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

/** Asks one reader; `undefined` when there is no such code, or one that cannot be made out. */
export function read(picture: Prepared, format: Format, hard: boolean): Reading | undefined {
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
  if (linear.has(format) && !seenTwice(bitmap, format, result)) return undefined;
  const points = (result.getResultPoints() ?? []).flatMap((point) =>
    point === null || point === undefined ? [] : [{ x: point.getX(), y: point.getY() }],
  );
  return readingOf(format, result.getText(), segmentsOf(result), points);
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

/**
 * A bar code's check digit lets one misread row in ten pass, and rows of other codes as well. So
 * another row, above or below, must say the same.
 */
function seenTwice(bitmap: BinaryBitmap, format: Format, result: ReadResult): boolean {
  const row = Math.round(result.getResultPoints()[0]?.getY() ?? 0);
  const below = row + 1;
  return [
    { top: below, height: bitmap.getHeight() - below },
    { top: 0, height: row },
  ].some(({ top, height }) => {
    if (height < 1) return false;
    try {
      const rows = bitmap.crop(0, top, bitmap.getWidth(), height);
      const again = readers[format]().decode(rows, everyRow);
      return again.getText() === result.getText();
    } catch {
      // Not to be read there: no second witness.
      return false;
    }
  });
}
