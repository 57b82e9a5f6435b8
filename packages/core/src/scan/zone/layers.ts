import { type Layer, type Shape, shapes } from './network.ts';
import { quickWeights } from './quickWeights.ts';

let unpacked: readonly Layer[] | undefined;

/** The trained network: bytes and a scale a row, as the training script writes them. */
export function layers(): readonly Layer[] {
  unpacked ??= unpack(shapes.quick, quickWeights);
  return unpacked;
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
