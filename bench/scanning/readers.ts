import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  type Format,
  type Frame,
  formats,
  openSecondReader,
  readCodes,
  type SecondReader,
} from '@tongban/core/scan';
import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library';
import jsQr from 'jsqr';
import { type ReadInputBarcodeFormat, readBarcodes } from 'zxing-wasm/reader';

/** A frame in both forms that readers take, so that no turning of one into the other is timed. */
export interface Seen {
  readonly grey: Frame;
  readonly rgba: ImageData;
}

export function seen(grey: Frame): Seen {
  const data = new Uint8ClampedArray(grey.data.length * 4);
  grey.data.forEach((value, index) => {
    data.fill(value, index * 4, index * 4 + 3);
    data[index * 4 + 3] = 255;
  });
  const { width, height } = grey;
  return { grey, rgba: { data, width, height, colorSpace: 'srgb' } as ImageData };
}

export type ReaderName = 'ours' | 'zxing' | 'wasm' | 'jsqr';

/** As tables name them. */
export const said: Readonly<Record<ReaderName, string>> = {
  ours: 'ours',
  zxing: '@zxing/library',
  wasm: 'zxing-wasm',
  jsqr: 'jsQR',
};

/** What a reader says that a code holds; bytes where it tells them. */
export interface Read {
  readonly text: string;
  readonly bytes?: Uint8Array;
}
type Reads = Promise<readonly Read[]> | readonly Read[];

export interface Reader {
  readonly reads: readonly Format[];
  /** What it finds in a picture that will not come again. */
  picture(seen: Seen): Reads;
  /** The same in frame `turn` of a running camera. */
  frame(seen: Seen, turn: number): Reads;
}

/** Our pipeline and its peers, each asked for all it can read, as hard as it can try. */
export async function readers(): Promise<Readonly<Record<ReaderName, Reader>>> {
  const wasmBinary = await binaryOfWasm();
  const second = await openSecondReader(wasmBinary);
  return { ours: oursWith(second), zxing: plainZxing(), wasm: zxingWasm(), jsqr: jsQrAlone };
}

/** As the apps read: with the second engine behind the first. */
function oursWith(second: SecondReader): Reader {
  return {
    reads: formats,
    picture: ({ grey }) => readCodes(grey, { effort: 'thorough', second }),
    frame: ({ grey }, turn) => readCodes(grey, { effort: 'glance', turn, second }),
  };
}

/** `@zxing/library` as its documentation shows it: one pass, all formats, trying harder. */
function plainZxing(): Reader {
  const named: Readonly<Record<Format, BarcodeFormat>> = {
    qr: BarcodeFormat.QR_CODE,
    pdf417: BarcodeFormat.PDF_417,
    'data-matrix': BarcodeFormat.DATA_MATRIX,
    aztec: BarcodeFormat.AZTEC,
    'code-128': BarcodeFormat.CODE_128,
    'ean-13': BarcodeFormat.EAN_13,
  };
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.TRY_HARDER, true],
    [DecodeHintType.POSSIBLE_FORMATS, formats.map((format) => named[format])],
  ]);
  const read = ({ grey }: Seen): readonly Read[] => {
    const { data, width, height } = grey;
    const source = new RGBLuminanceSource(new Uint8ClampedArray(data), width, height);
    const warn = console.warn;
    // It writes a stack to the console for each of its readers that finds nothing; it is not timed by that.
    console.warn = () => undefined;
    try {
      const bitmap = new BinaryBitmap(new HybridBinarizer(source));
      return [{ text: new MultiFormatReader().decode(bitmap, hints).getText() }];
    } catch {
      // It says with an exception, of many kinds, that it read nothing.
      return [];
    } finally {
      console.warn = warn;
    }
  };
  return { reads: formats, picture: read, frame: read };
}

async function binaryOfWasm(): Promise<ArrayBuffer> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  return new Uint8Array(await readFile(path)).buffer;
}

/** Over the same WebAssembly as ours has behind it. */
function zxingWasm(): Reader {
  const named: Readonly<Record<Format, ReadInputBarcodeFormat>> = {
    qr: 'QRCode',
    pdf417: 'PDF417',
    'data-matrix': 'DataMatrix',
    aztec: 'Aztec',
    'code-128': 'Code128',
    'ean-13': 'EAN13',
  };
  const read = ({ rgba }: Seen) =>
    readBarcodes(rgba, { formats: formats.map((format) => named[format]), tryHarder: true });
  return { reads: formats, picture: read, frame: read };
}

const jsQrAlone: Reader = {
  reads: ['qr'],
  picture: ({ rgba }) => asList(jsQr.default(rgba.data, rgba.width, rgba.height)?.data),
  frame: ({ rgba }) => asList(jsQr.default(rgba.data, rgba.width, rgba.height)?.data),
};

const asList = (text: string | undefined): readonly Read[] => (text ? [{ text }] : []);
