import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { RecognisedText, TextRecogniser } from './card/recogniser.ts';
import type { Frame } from './frame.ts';

/** What a recogniser is made of; the caller brings it, so that nothing is fetched from elsewhere. */
export interface TextRecogniserParts {
  /** PP-OCRv4's recognition model (ONNX): input 3 × 48 × width, output one row of probabilities a step. */
  readonly model: Uint8Array | ArrayBuffer;
  /** Its characters, one a line, in the order of the model's classes. */
  readonly dictionary: string;
  /** `ort-wasm-simd-threaded.wasm` of `onnxruntime-web`. */
  readonly wasm: ArrayBuffer | Uint8Array;
}

/** Pixels, as the model was trained. */
const height = 48;
const widest = 1600;

/**
 * PP-OCRv4 on WebAssembly. One at a time: the library keeps one runtime for the page or process.
 * Rejects where WebAssembly cannot be compiled or the model does not fit the dictionary.
 */
export async function openTextRecogniser(parts: TextRecogniserParts): Promise<TextRecogniser> {
  // More would start workers from this file's own address, which a bundled worker is not made for.
  env.wasm.numThreads = 1;
  env.wasm.wasmBinary = parts.wasm as ArrayBuffer;
  // Without the arena memory goes back after each line: half a gigabyte less at the peak.
  const session = await InferenceSession.create(new Uint8Array(parts.model), {
    executionProviders: ['wasm'],
    enableCpuMemArena: false,
  });
  const characters = ['', ...parts.dictionary.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  const twins = twinsOf(characters);
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]];
  return {
    async read(lines) {
      const texts: RecognisedText[] = [];
      // One by one: lines differ in width, and a batch pads all to the widest.
      for (const line of lines) {
        const { values, width } = normalised(line);
        const tensor = new Tensor('float32', values, [1, 3, height, width]);
        try {
          const { [output]: read } = await session.run({ [input]: tensor });
          if (read === undefined) throw new Error('The model gave no output.');
          texts.push(decoded(read.data as Float32Array, read.dims[2] ?? 0, characters, twins));
          read.dispose();
        } finally {
          values.fill(0);
          tensor.dispose();
        }
      }
      return texts;
    },
  };
}

/** 48 pixels high, grey in three channels, −1 black to 1 white. */
function normalised({ data, width: w, height: h }: Frame) {
  const scale = height / h;
  const width = Math.min(widest, Math.max(16, Math.round(w * scale)));
  const plane = height * width;
  const values = new Float32Array(3 * plane);
  for (let y = 0, to = 0; y < height; y++) {
    const sy = Math.min(h - 1, Math.max(0, (y + 0.5) / scale - 0.5));
    const [top, bottom] = [Math.floor(sy), Math.min(h - 1, Math.floor(sy) + 1)];
    for (let x = 0; x < width; x++, to++) {
      const sx = Math.min(w - 1, Math.max(0, ((x + 0.5) * w) / width - 0.5));
      const [left, right] = [Math.floor(sx), Math.min(w - 1, Math.floor(sx) + 1)];
      const [fx, fy] = [sx - left, sy - top];
      const upper = (data[top * w + left] ?? 0) * (1 - fx) + (data[top * w + right] ?? 0) * fx;
      const lower =
        (data[bottom * w + left] ?? 0) * (1 - fx) + (data[bottom * w + right] ?? 0) * fx;
      values[to] = (upper * (1 - fy) + lower * fy) / 127.5 - 1;
    }
  }
  values.copyWithin(plane, 0, plane);
  values.copyWithin(2 * plane, 0, plane);
  return { values, width };
}

const alike = (character: string) => character.normalize('NFKC').toUpperCase().replace('×', 'X');

/** Classes that are one character in two widths (１ and 1) or cases, or drawn alike (× and X): what the model is unsure of between them does not count. */
function twinsOf(characters: readonly string[]): ReadonlyMap<number, readonly number[]> {
  const all = Map.groupBy(characters.keys(), (k) => alike(characters[k] ?? ''));
  const several = [...all.values()].filter((same) => same.length > 1);
  return new Map(several.flatMap((same) => same.map((k) => [k, same] as const)));
}

/** Greedy CTC decoding: the likeliest class of each step; repeats and blanks (class 0) fall away. */
function decoded(
  probabilities: Float32Array,
  classes: number,
  characters: readonly string[],
  twins: ReadonlyMap<number, readonly number[]>,
): RecognisedText {
  if (classes !== characters.length)
    throw new Error(`The model knows ${classes} classes, the dictionary ${characters.length}.`);
  let [text, confidence, before] = ['', 1, 0];
  for (let from = 0; from < probabilities.length; from += classes) {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if ((probabilities[from + k] ?? 0) > (probabilities[from + best] ?? 0)) best = k;
    }
    if (best !== 0 && best !== before) {
      const character = characters[best] ?? '';
      text += character;
      const same = twins.get(best) ?? [best];
      const sure = same.reduce((sum, k) => sum + (probabilities[from + k] ?? 0), 0);
      // A space more or less says nothing about the characters.
      if (character.trim() !== '') confidence = Math.min(confidence, sure);
    }
    before = best;
  }
  return { text, confidence: text.trim() === '' ? 0 : confidence };
}
