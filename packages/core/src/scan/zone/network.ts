import { alphabet } from './alphabet.ts';

/** A window is a square of grey values around one character: 12 to a cell of the line, 4 more on every side. */
export const side = 20;
/** Grey values a cell. */
export const perCell = 12;
/** Pixels a cell below which a network is shown the line at twice its size. */
export const smallest = 10;
/** What a window can be: one of the characters, or none. */
export const classes = alphabet.length + 1;

/** Rows are the outputs of a layer, each with its bias and its weights. */
export interface Layer {
  readonly rows: number;
  readonly inputs: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** Outputs and inputs of each layer. */
export type Shape = readonly Pick<Layer, 'rows' | 'inputs'>[];

/** Two convolutions of 3 × 3, each halved by its maxima, and two full layers. */
function shapeOf(first: number, second: number, hidden: number): Shape {
  return [
    { rows: first, inputs: 9 },
    { rows: second, inputs: first * 9 },
    { rows: hidden, inputs: second * 25 },
    { rows: classes, inputs: hidden },
  ];
}

/** `quick` finds where the characters of a line stand, `careful` says which they are. */
export const shapes = { quick: shapeOf(8, 16, 64), careful: shapeOf(10, 24, 80) } as const;

/** What a network computed on its way; made once and used again. */
export interface Workspace {
  /** Padded by a pixel of nothing on every side. */
  readonly input: Float32Array;
  readonly first: Float32Array;
  readonly firstHalved: Float32Array;
  readonly second: Float32Array;
  readonly secondHalved: Float32Array;
  readonly hidden: Float32Array;
  /** Natural logarithms of the probabilities of the classes. */
  readonly out: Float32Array;
}

const half = side / 2;
const quarter = side / 4;

export function workspace(shape: Shape): Workspace {
  const [first, second, hidden] = shape.map(({ rows }) => rows) as [number, number, number];
  return {
    input: new Float32Array((side + 2) ** 2),
    first: new Float32Array(first * side * side),
    firstHalved: new Float32Array(first * (half + 2) ** 2),
    second: new Float32Array(second * half * half),
    secondHalved: new Float32Array(second * quarter * quarter),
    hidden: new Float32Array(hidden),
    out: new Float32Array(classes),
  };
}

/** Reads the window in `space.input` into `space.out`. */
export function classify(layers: readonly Layer[], space: Workspace): Float32Array {
  const [conv1, conv2, full1, full2] = layers as [Layer, Layer, Layer, Layer];
  convolve(conv1, space.input, 1, side, space.first);
  halve(space.first, conv1.rows, side, space.firstHalved, 1);
  convolve(conv2, space.firstHalved, conv1.rows, half, space.second);
  halve(space.second, conv2.rows, half, space.secondHalved, 0);
  connect(full1, space.secondHalved, space.hidden);
  for (let i = 0; i < space.hidden.length; i++) space.hidden[i] = Math.max(0, space.hidden[i] ?? 0);
  connect(full2, space.hidden, space.out);
  toLogarithms(space.out);
  return space.out;
}

function convolve(
  layer: Layer,
  input: Float32Array,
  channels: number,
  size: number,
  out: Float32Array,
): void {
  const { weights: w, biases, rows } = layer;
  const stride = size + 2;
  const area = size * size;
  for (let row = 0; row < rows; row++) {
    const to = row * area;
    out.fill(biases[row] ?? 0, to, to + area);
    for (let channel = 0; channel < channels; channel++) {
      const k = (row * channels + channel) * 9;
      const [a, b, c] = [w[k] as number, w[k + 1] as number, w[k + 2] as number];
      const [d, e, f] = [w[k + 3] as number, w[k + 4] as number, w[k + 5] as number];
      const [g, h, i] = [w[k + 6] as number, w[k + 7] as number, w[k + 8] as number];
      for (let y = 0, o = to; y < size; y++) {
        const p = channel * stride * stride + y * stride;
        const q = p + stride;
        const r = q + stride;
        // The nine are handed on to the left, so that a step reads three.
        let [p0, p1] = [input[p] as number, input[p + 1] as number];
        let [q0, q1] = [input[q] as number, input[q + 1] as number];
        let [r0, r1] = [input[r] as number, input[r + 1] as number];
        for (let x = 2; x < stride; x++, o++) {
          const p2 = input[p + x] as number;
          const q2 = input[q + x] as number;
          const r2 = input[r + x] as number;
          (out[o] as number) +=
            a * p0 + b * p1 + c * p2 + d * q0 + e * q1 + f * q2 + g * r0 + h * r1 + i * r2;
          p0 = p1;
          p1 = p2;
          q0 = q1;
          q1 = q2;
          r0 = r1;
          r1 = r2;
        }
      }
    }
  }
}

/** The largest of four, and not below nothing; `pad` pixels are left free around it. */
function halve(
  input: Float32Array,
  channels: number,
  size: number,
  out: Float32Array,
  pad: number,
): void {
  const small = size / 2;
  const stride = small + 2 * pad;
  for (let channel = 0, i = 0; channel < channels; channel++) {
    for (let y = 0; y < small; y++, i += size) {
      let o = channel * stride * stride + (y + pad) * stride + pad;
      for (let x = 0; x < small; x++, i += 2, o++) {
        out[o] = Math.max(
          0,
          input[i] as number,
          input[i + 1] as number,
          input[i + size] as number,
          input[i + size + 1] as number,
        );
      }
    }
  }
}

function connect({ rows, inputs, weights, biases }: Layer, input: Float32Array, out: Float32Array) {
  for (let row = 0, k = 0; row < rows; row++) {
    let sum = biases[row] as number;
    for (let i = 0; i < inputs; i++, k++) sum += (weights[k] as number) * (input[i] as number);
    out[row] = sum;
  }
}

function toLogarithms(values: Float32Array): void {
  const most = Math.max(...values);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  const all = most + Math.log(sum);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - all;
}
