import { classify, type Layer, type Shape, side, workspace } from '@tongban/core/testing/zones';
import type { Sample } from './samples.ts';

const rowOf = Uint8Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2);
const columnOf = Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2);

/** Weights that learn by gradient descent (Adam, Kingma and Ba 2015). */
export function learner(shape: Shape, random: () => number) {
  const layers: Layer[] = shape.map(({ rows, inputs }) => {
    const spread = Math.sqrt(6 / inputs);
    return {
      rows,
      inputs,
      weights: Float32Array.from({ length: rows * inputs }, () => (2 * random() - 1) * spread),
      biases: new Float32Array(rows),
    };
  });
  const tensors = layers.flatMap(({ weights, biases }) => [weights, biases]);
  const gradients = tensors.map((tensor) => new Float32Array(tensor.length));
  const first = tensors.map((tensor) => new Float32Array(tensor.length));
  const second = tensors.map((tensor) => new Float32Array(tensor.length));
  const space = workspace(shape);
  const channels = layers[0]?.rows ?? 0;
  const errors = {
    out: new Float32Array(space.out.length),
    hidden: new Float32Array(space.hidden.length),
    secondHalved: new Float32Array(space.secondHalved.length),
    firstHalved: new Float32Array(space.firstHalved.length),
  };
  let steps = 0;

  /** Takes one sample in; returns its loss. */
  function take({ input, label }: Sample): number {
    space.input.set(input);
    classify(layers, space);
    for (let i = 0; i < errors.out.length; i++)
      errors.out[i] = Math.exp(space.out[i] ?? 0) - (i === label ? 1 : 0);
    connectBack(6, space.hidden, errors.out, errors.hidden);
    for (let i = 0; i < errors.hidden.length; i++)
      if ((space.hidden[i] ?? 0) <= 0) errors.hidden[i] = 0;
    connectBack(4, space.secondHalved, errors.hidden, errors.secondHalved);
    errors.firstHalved.fill(0);
    convolveBack(
      2,
      space.firstHalved,
      channels,
      side / 2,
      space.second,
      space.secondHalved,
      errors.secondHalved,
      0,
      errors.firstHalved,
    );
    convolveBack(0, space.input, 1, side, space.first, space.firstHalved, errors.firstHalved, 1);
    return -(space.out[label] ?? 0);
  }

  function connectBack(at: number, input: Float32Array, error: Float32Array, below: Float32Array) {
    const weights = tensors[at] as Float32Array;
    const gradient = gradients[at] as Float32Array;
    const bias = gradients[at + 1] as Float32Array;
    below.fill(0);
    const inputs = input.length;
    for (let row = 0, k = 0; row < error.length; row++) {
      const e = error[row] as number;
      if (e === 0) {
        k += inputs;
        continue;
      }
      bias[row] = (bias[row] as number) + e;
      for (let i = 0; i < inputs; i++, k++) {
        gradient[k] = (gradient[k] as number) + e * (input[i] as number);
        below[i] = (below[i] as number) + e * (weights[k] as number);
      }
    }
  }

  function convolveBack(
    at: number,
    input: Float32Array,
    channels: number,
    size: number,
    output: Float32Array,
    halved: Float32Array,
    error: Float32Array,
    pad: number,
    below?: Float32Array,
  ) {
    const weights = tensors[at] as Float32Array;
    const gradient = gradients[at] as Float32Array;
    const bias = gradients[at + 1] as Float32Array;
    const small = size / 2;
    const smallStride = small + 2 * pad;
    const stride = size + 2;
    for (let row = 0; row < bias.length; row++)
      for (let y = 0; y < small; y++)
        for (let x = 0; x < small; x++) {
          const h = row * smallStride * smallStride + (y + pad) * smallStride + x + pad;
          const e = error[h] as number;
          const value = halved[h] as number;
          if (value <= 0 || e === 0) continue;
          // The error goes to the one of four that was the largest.
          let place = row * size * size + 2 * y * size + 2 * x;
          if (output[place] !== value) {
            if (output[place + 1] === value) place += 1;
            else if (output[place + size] === value) place += size;
            else place += size + 1;
          }
          const inner = place - row * size * size;
          const py = Math.floor(inner / size);
          const px = inner - py * size;
          bias[row] = (bias[row] as number) + e;
          for (let channel = 0; channel < channels; channel++) {
            const k = (row * channels + channel) * 9;
            const p = channel * stride * stride + py * stride + px;
            for (let i = 0; i < 9; i++) {
              const q = p + (rowOf[i] as number) * stride + (columnOf[i] as number);
              gradient[k + i] = (gradient[k + i] as number) + e * (input[q] as number);
            }
            if (below === undefined) continue;
            for (let i = 0; i < 9; i++) {
              const q = p + (rowOf[i] as number) * stride + (columnOf[i] as number);
              below[q] = (below[q] as number) + e * (weights[k + i] as number);
            }
          }
        }
  }

  /** Goes one step down the gradients of `count` samples. */
  function step(rate: number, count: number): void {
    steps++;
    const [b1, b2] = [0.9, 0.999];
    const correction = Math.sqrt(1 - b2 ** steps) / (1 - b1 ** steps);
    for (const [at, tensor] of tensors.entries()) {
      const g = gradients[at] as Float32Array;
      const m = first[at] as Float32Array;
      const v = second[at] as Float32Array;
      for (let i = 0; i < tensor.length; i++) {
        const gradient = (g[i] as number) / count;
        m[i] = b1 * (m[i] as number) + (1 - b1) * gradient;
        v[i] = b2 * (v[i] as number) + (1 - b2) * gradient * gradient;
        tensor[i] =
          (tensor[i] as number) -
          (rate * correction * (m[i] as number)) / (Math.sqrt(v[i] as number) + 1e-8);
      }
      g.fill(0);
    }
  }
  return { layers, take, step };
}
