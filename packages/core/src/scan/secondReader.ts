import {
  prepareZXingModule,
  type ReadInputBarcodeFormat,
  type ReadResult,
  readBarcodes,
} from 'zxing-wasm/reader';
import type { Format } from './formats.ts';
import type { Frame } from './frame.ts';
import type { Reading } from './readers.ts';
import { textOf } from './text.ts';

/** A second engine behind the same pipeline, asked where the first reads nothing at once. */
export interface SecondReader {
  /** All codes of these formats that it makes out, in the frame's own pixels. */
  read(frame: Frame, formats: readonly Format[], hard: boolean): Promise<readonly Reading[]>;
}

const named = {
  qr: 'QRCode',
  pdf417: 'PDF417',
  'data-matrix': 'DataMatrix',
  aztec: 'Aztec',
  'code-128': 'Code128',
  'ean-13': 'EAN13',
} as const satisfies Readonly<Record<Format, ReadInputBarcodeFormat>>;
const byName = new Map<string, Format>(
  Object.entries(named).map(([format, name]) => [name, format as Format]),
);

/**
 * ZXing C++ as WebAssembly. The binary is handed over: left alone the library would fetch it from another host.
 * Rejects where WebAssembly cannot be compiled.
 */
export async function openSecondReader(wasmBinary: ArrayBuffer): Promise<SecondReader> {
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return {
    async read(frame, formats, hard) {
      if (frame.width === 0 || frame.height === 0) return [];
      const picture = coloured(frame);
      const found = await readBarcodes(picture, {
        formats: formats.map((format) => named[format]),
        tryHarder: hard,
        tryRotate: true,
        // Text as it is encoded, without brackets around the fields of GS1.
        textMode: 'Plain',
      }).finally(() => picture.data.fill(0));
      return found.flatMap((one) => readingOf(one) ?? []);
    },
  };
}

/** As a canvas gives it, which is the one form that the engine takes pixels in. */
function coloured({ data, width, height }: Frame): ImageData {
  const pixels = new Uint8ClampedArray(data.length * 4);
  const words = new Uint32Array(pixels.buffer);
  for (let at = 0; at < data.length; at += 1) words[at] = 0xff000000 | ((data[at] ?? 0) * 0x010101);
  return { data: pixels, width, height, colorSpace: 'srgb' } as ImageData;
}

function readingOf({ format: name, text, bytes, hasECI, position }: ReadResult) {
  const format = byName.get(name);
  if (format === undefined) return undefined;
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const reading: Reading = {
    format,
    // With a declared character set the engine is right; without one it guesses otherwise than we do.
    text: hasECI ? text : textOf(bytes),
    bytes,
    points: [topLeft, topRight, bottomRight, bottomLeft],
  };
  return reading;
}
