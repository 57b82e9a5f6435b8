import { encode } from 'jpeg-js';

/** The quality with which the apps keep photographs, and the largest they keep. */
const quality = 86;
export const largest = { width: 2000, height: 1500 };

/** A JPEG of a sheet on a table, as a camera brings it: lines, uneven light, grain. The same for the same `seed`. */
export function photograph(seed: number, { width, height } = largest): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  let state = seed * 0x9e3779b1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const onSheet = x > 160 && x < width - 160 && y > 120 && y < height - 120;
      const written = onSheet && y % 56 < 22 && ((x * (seed + 6)) ^ (y >> 2)) % 23 < 7;
      const light = (onSheet ? 214 : 120) * (0.8 + (0.2 * x) / width) - (written ? 120 : 0);
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      const grain = (state >>> 28) - 8;
      const at = (y * width + x) * 4;
      data[at] = light + grain;
      data[at + 1] = light + grain;
      data[at + 2] = light * 0.94 + grain;
      data[at + 3] = 255;
    }
  }
  return encode({ data, width, height }, quality).data;
}
