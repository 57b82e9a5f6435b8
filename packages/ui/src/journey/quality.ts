/** What can be said of a photograph by its pixels alone. */
export interface Quality {
  readonly sharp: boolean;
  readonly bright: boolean;
  readonly withoutGlare: boolean;
}

/** Variance of the Laplacian (grey levels squared) below which print is hard to read. */
const sharpEnough = 40;
/** Mean grey level of a page that is lit well enough. */
const brightEnough = 60;
/** Share of pixels burnt out to white in one spot that hides something. */
const glareShare = 0.35;

const side = 640;

/** Judges sharpness, light and glare. Corners and content are for the person's eye. */
export function judge(pixels: {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}): Quality {
  const step = Math.max(1, Math.floor(Math.max(pixels.width, pixels.height) / side));
  const width = Math.floor(pixels.width / step);
  const height = Math.floor(pixels.height / step);
  const grey = new Float32Array(width * height);
  let sum = 0;
  let burnt = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * step * pixels.width + x * step) * 4;
      const [r = 0, g = 0, b = 0] = pixels.data.subarray(at, at + 3);
      const value = 0.299 * r + 0.587 * g + 0.114 * b;
      grey[y * width + x] = value;
      sum += value;
      if (r > 252 && g > 252 && b > 252) burnt++;
    }
  const count = Math.max(1, width * height);
  return {
    sharp: laplacianVariance(grey, width, height) >= sharpEnough,
    bright: sum / count >= brightEnough,
    withoutGlare: burnt / count < glareShare,
  };
}

function laplacianVariance(grey: Float32Array, width: number, height: number): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value =
        4 * (grey[at] ?? 0) -
        (grey[at - 1] ?? 0) -
        (grey[at + 1] ?? 0) -
        (grey[at - width] ?? 0) -
        (grey[at + width] ?? 0);
      sum += value;
      squares += value * value;
      count++;
    }
  if (count === 0) return 0;
  const mean = sum / count;
  return squares / count - mean * mean;
}
