import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Format, type Frame, formats, scan } from '@tongban/core/scan';
import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library';
import jsQr from 'jsqr';
import { prepareZXingModule, type ReadInputBarcodeFormat, readBarcodes } from 'zxing-wasm/reader';

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

export interface Reader {
  readonly reads: readonly Format[];
  /** The texts it finds in a picture that will not come again. */
  picture(seen: Seen): Promise<readonly string[]> | readonly string[];
  /** The same in frame `turn` of a running camera. */
  frame(seen: Seen, turn: number): Promise<readonly string[]> | readonly string[];
}

/** Our pipeline and its peers, each asked for all it can read, as hard as it can try. */
export async function readers(): Promise<Readonly<Record<ReaderName, Reader>>> {
  return { ours, zxing: plainZxing(), wasm: await zxingWasm(), jsqr: jsQrAlone };
}

const ours: Reader = {
  reads: formats,
  picture: ({ grey }) => scan(grey, { effort: 'thorough' }).map(({ text }) => text),
  frame: ({ grey }, turn) => scan(grey, { effort: 'glance', turn }).map(({ text }) => text),
};

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
  const read = ({ grey }: Seen): readonly string[] => {
    const { data, width, height } = grey;
    const source = new RGBLuminanceSource(new Uint8ClampedArray(data), width, height);
    const warn = console.warn;
    // It writes a stack to the console for each of its readers that finds nothing; it is not timed by that.
    console.warn = () => undefined;
    try {
      const bitmap = new BinaryBitmap(new HybridBinarizer(source));
      return [new MultiFormatReader().decode(bitmap, hints).getText()];
    } catch {
      // It says with an exception, of many kinds, that it read nothing.
      return [];
    } finally {
      console.warn = warn;
    }
  };
  return { reads: formats, picture: read, frame: read };
}

async function zxingWasm(): Promise<Reader> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  // Handed over from the package: left alone it would fetch the file from elsewhere.
  const wasmBinary = (await readFile(path)).buffer as ArrayBuffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const named: Readonly<Record<Format, ReadInputBarcodeFormat>> = {
    qr: 'QRCode',
    pdf417: 'PDF417',
    'data-matrix': 'DataMatrix',
    aztec: 'Aztec',
    'code-128': 'Code128',
    'ean-13': 'EAN13',
  };
  const read = async ({ rgba }: Seen): Promise<readonly string[]> => {
    const found = await readBarcodes(rgba, {
      formats: formats.map((format) => named[format]),
      tryHarder: true,
    });
    return found.map(({ text }) => text);
  };
  return { reads: formats, picture: read, frame: read };
}

const jsQrAlone: Reader = {
  reads: ['qr'],
  picture: ({ rgba }) => asList(jsQr.default(rgba.data, rgba.width, rgba.height)?.data),
  frame: ({ rgba }) => asList(jsQr.default(rgba.data, rgba.width, rgba.height)?.data),
};

const asList = (text: string | undefined): readonly string[] => (text ? [text] : []);
