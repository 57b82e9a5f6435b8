import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify, type Layer, seeded, shapes, workspace } from '@tongban/core/testing/zones';
import { learner } from './learning.ts';
import { looks, samplesOfLine } from './samples.ts';

/**
 * Trains a recogniser for OCR-B and writes its weights: `node scripts/train/ocrb.ts quick|careful [lines]`. The same seed
 * makes the same weights; those of `quick` are of 27 November, when samples were kinder (commit 277cb11). The outlines are in
 * the repository; `outlines.ts` says where they come from.
 */
const which = process.argv[2] === 'careful' ? 'careful' : 'quick';
const lines = Number(process.argv[3] ?? { quick: 24_000, careful: 48_000 }[which]);
const batch = 3;
const random = seeded(20_261_130);
const { layers, take, step } = learner(shapes[which], random);
let [loss, count] = [0, 0];
const started = performance.now();
for (let line = 0; line < lines; line += batch) {
  let taken = 0;
  for (let i = 0; i < batch; i++)
    for (const sample of samplesOfLine(random, looks[which])) {
      loss += take(sample);
      taken++;
    }
  count += taken;
  const done = line / lines;
  const rate = 0.002 * Math.min(1, line / (lines / 100)) * (done < 0.3 ? 1 : (1.02 - done) / 0.72);
  step(rate, taken);
  if (line % (batch * 250) === 0) {
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${line} lines, loss ${(loss / count).toFixed(4)}, ${seconds} s`);
    [loss, count] = [0, 0];
  }
}

/** A byte a weight; each row has its own scale. */
const rows = layers.flatMap(quantised);
const bytes = Buffer.concat(rows);
const target = join(import.meta.dirname, `../../packages/core/src/scan/zone/${which}Weights.ts`);
const base64 = bytes.toString('base64');
writeFileSync(
  target,
  `/** Made by scripts/train/ocrb.ts: a row is scale and bias (float32, little-endian), then a byte a weight. */\nexport const ${which}Weights =\n  '${base64}';\n`,
);

function quantised(layer: Layer): Buffer[] {
  return Array.from({ length: layer.rows }, (_, row) => {
    const weights = layer.weights.subarray(row * layer.inputs, (row + 1) * layer.inputs);
    const scale = Math.max(...weights.map(Math.abs), 1e-9) / 127;
    const out = Buffer.alloc(8 + layer.inputs);
    out.writeFloatLE(scale, 0);
    out.writeFloatLE(layer.biases[row] ?? 0, 4);
    for (const [i, weight] of weights.entries()) {
      const small = Math.round(weight / scale);
      out.writeInt8(small, 8 + i);
      weights[i] = small * Math.fround(scale);
    }
    return out;
  });
}

const fresh = seeded(7);
const space = workspace(shapes[which]);
let [right, all] = [0, 0];
for (let line = 0; line < 1000; line++)
  for (const { input, label } of samplesOfLine(fresh, looks[which])) {
    space.input.set(input);
    const out = classify(layers, space);
    all++;
    if (out.indexOf(Math.max(...out)) === label) right++;
  }
console.log(`${bytes.length} bytes; ${right} of ${all} fresh windows right`);
