/** Grey values, row by row, not yet cut to whole levels. */
export interface Greys {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Steps of the waves of a block for luminance (ITU-T T.81, annex K.1), the coarsest wave first, row by row. */
const steps = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat();

const cosines = Float64Array.from({ length: 64 }, (_, i) => {
  const [k, n] = [i >> 3, i & 7];
  return Math.cos(((2 * n + 1) * k * Math.PI) / 16) * (k === 0 ? Math.SQRT1_2 : 1) * 0.5;
});

/** What a JPEG file of a quality of 1 to 100, as its usual library counts them, leaves of a grey picture; in place. */
export function throughJpeg({ data, width, height }: Greys, quality: number): void {
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50;
  const table = steps.map((step) => Math.min(255, Math.max(1, Math.round(step * scale))));
  const block = new Float64Array(64);
  const half = new Float64Array(64);
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      // A block that goes over the edge repeats the last pixels.
      const at = (i: number) =>
        Math.min(height - 1, top + (i >> 3)) * width + Math.min(width - 1, left + (i & 7));
      for (let i = 0; i < 64; i++)
        block[i] = Math.min(255, Math.max(0, Math.round(data[at(i)] as number))) - 128;
      transform(block, half, false);
      for (let i = 0; i < 64; i++) {
        const step = table[i] as number;
        block[i] = Math.round((block[i] as number) / step) * step;
      }
      transform(block, half, true);
      for (let i = 0; i < 64; i++)
        if (top + (i >> 3) < height && left + (i & 7) < width)
          data[at(i)] = (block[i] as number) + 128;
    }
}

/** Cosine transform of the columns, then of the rows, or back. */
function transform(block: Float64Array, half: Float64Array, back: boolean): void {
  const c = (k: number, n: number) => cosines[back ? n * 8 + k : k * 8 + n] as number;
  for (let k = 0; k < 8; k++)
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let n = 0; n < 8; n++) sum += c(k, n) * (block[n * 8 + x] as number);
      half[k * 8 + x] = sum;
    }
  for (let y = 0; y < 8; y++)
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let n = 0; n < 8; n++) sum += c(k, n) * (half[y * 8 + n] as number);
      block[y * 8 + k] = sum;
    }
}
