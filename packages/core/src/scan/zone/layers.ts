import { carefulWeights } from './carefulWeights.ts';
import { type Layer, type Shape, shapes } from './network.ts';
import { quickWeights } from './quickWeights.ts';

const weights = { quick: quickWeights, careful: carefulWeights };
const unpacked: Partial<Record<keyof typeof shapes, readonly Layer[]>> = {};

/** A trained network: bytes and a scale a row, as the training script writes them. */
export function layers(which: keyof typeof shapes): readonly Layer[] {
  unpacked[which] ??= unpack(shapes[which], weights[which]);
  return unpacked[which];
}

function unpack(shape: Shape, text: string): readonly Layer[] {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  return shape.map(({ rows, inputs }) => {
    const layer = {
      rows,
      inputs,
      weights: new Float32Array(rows * inputs),
      biases: new Float32Array(rows),
    };
    for (let row = 0, k = 0; row < rows; row++) {
      const scale = view.getFloat32(at, true);
      layer.biases[row] = view.getFloat32(at + 4, true);
      at += 8;
      for (let i = 0; i < inputs; i++, at++, k++) layer.weights[k] = view.getInt8(at) * scale;
    }
    return layer;
  });
}
