import { beforeEach, expect, test, vi } from 'vitest';
import { openTextRecogniser } from './textRecogniser.ts';

const seen = vi.hoisted(() => ({
  inputs: [] as { data: Float32Array; dims: readonly number[] }[],
  output: { data: new Float32Array(), dims: [1, 0, 0] as readonly number[] },
}));

vi.mock('onnxruntime-web/wasm', () => ({
  env: { wasm: {} },
  Tensor: class {
    readonly data: Float32Array;
    readonly dims: readonly number[];
    constructor(_: string, data: Float32Array, dims: readonly number[]) {
      [this.data, this.dims] = [data, dims];
    }
    dispose() {}
  },
  InferenceSession: {
    create: async () => ({
      inputNames: ['x'],
      outputNames: ['y'],
      async run({ x }: { x: (typeof seen.inputs)[number] }) {
        expect(x.data.some((value) => value !== 0)).toBe(true);
        seen.inputs.push(x);
        return { y: { ...seen.output, dispose: () => undefined } };
      },
    }),
  },
}));

const parts = { model: new Uint8Array(1), dictionary: '1\n１\n汉\n', wasm: new ArrayBuffer(1) };
const line = { data: new Uint8ClampedArray(96 * 24).fill(40), width: 96, height: 24 };

/** Classes: nothing, 1, １, 汉, blank. */
function says(...steps: readonly (readonly number[])[]): void {
  seen.output = { data: new Float32Array(steps.flat()), dims: [1, steps.length, 5] };
}

beforeEach(() => {
  seen.inputs.length = 0;
});

test('repeats are one character, and two with nothing between them', async () => {
  says(
    [0, 0.9, 0, 0, 0],
    [0, 0.8, 0, 0, 0],
    [1, 0, 0, 0, 0],
    [0, 0.95, 0, 0, 0],
    [0, 0, 0, 0.7, 0],
  );
  const [read] = await (await openTextRecogniser(parts)).read([line]);
  expect(read?.text).toBe('11汉');
  expect(read?.confidence).toBeCloseTo(0.7);
});

test('one character in two widths is one, and an unsure space costs nothing', async () => {
  says([0, 0.5, 0.45, 0, 0], [0.3, 0, 0, 0, 0.4], [0, 0, 0, 1, 0]);
  const [read] = await (await openTextRecogniser(parts)).read([line]);
  expect(read?.text).toBe('1 汉');
  expect(read?.confidence).toBeCloseTo(0.95);
});

test('nothing seen is read as nothing, with no confidence', async () => {
  says([1, 0, 0, 0, 0]);
  expect(await (await openTextRecogniser(parts)).read([line])).toEqual([
    { text: '', confidence: 0 },
  ]);
});

test('lines come 48 pixels high, and nothing of them stays', async () => {
  says([1, 0, 0, 0, 0]);
  await (await openTextRecogniser(parts)).read([line, line]);
  expect(seen.inputs.map(({ dims }) => dims)).toEqual([
    [1, 3, 48, 192],
    [1, 3, 48, 192],
  ]);
  for (const { data } of seen.inputs) expect(data.every((value) => value === 0)).toBe(true);
});

test('a dictionary of another model is refused', async () => {
  says([1, 0, 0, 0, 0]);
  const recogniser = await openTextRecogniser({ ...parts, dictionary: '1\n' });
  await expect(recogniser.read([line])).rejects.toThrow('5 classes, the dictionary 3');
});
