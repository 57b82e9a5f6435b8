import bwip from 'bwip-js/node';
import { PNG } from 'pngjs';
import type { Format } from '../formats.ts';
import { type Frame, luminance } from '../frame.ts';
import { leaning } from '../view.ts';
import { generator } from './random.ts';

const symbology: Readonly<Record<Format, string>> = {
  qr: 'qrcode',
  pdf417: 'pdf417',
  'data-matrix': 'datamatrix',
  aztec: 'azteccode',
  'code-128': 'code128',
  'ean-13': 'ean13',
};

/** A code as a printer would put it on paper, with its quiet zone. */
export async function drawn(
  format: Format,
  content: string | Uint8Array,
  scale = 4,
): Promise<Frame> {
  const text =
    typeof content === 'string'
      ? content
      : Array.from(content, (byte) => `^${byte.toString().padStart(3, '0')}`).join('');
  const png = await bwip.toBuffer({
    bcid: symbology[format],
    text,
    scale,
    ...(typeof content === 'string' ? {} : { parse: true }),
    paddingwidth: 10,
    paddingheight: 10,
    backgroundcolor: 'FFFFFF',
  });
  const { data, width, height } = PNG.sync.read(png);
  return luminance(data, width, height);
}

/** What a camera makes of it: turned, unevenly lit, out of focus and noisy; always the same for the same `seed`. */
export function photographed(
  frame: Frame,
  { degrees = 0, blur = 0, noise = 0, seed = 1 }: Photograph,
): Frame {
  let seen = degrees === 0 ? frame : leaning(degrees)(frame).frame;
  for (let i = 0; i < blur; i++) seen = smeared(seen);
  const random = generator(seed);
  const data = seen.data.map((value, at) => {
    const shade = 0.55 + (0.35 * (at % seen.width)) / seen.width;
    return value * shade + 20 + (random() - 0.5) * noise;
  });
  return { ...seen, data: Uint8ClampedArray.from(data) };
}

interface Photograph {
  readonly degrees?: number;
  /** Times a 3 × 3 mean is taken. */
  readonly blur?: number;
  /** Range of grey levels. */
  readonly noise?: number;
  readonly seed?: number;
}

function smeared({ data, width, height }: Frame): Frame {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const row = Math.min(height - 1, Math.max(0, y + dy));
          const column = Math.min(width - 1, Math.max(0, x + dx));
          sum += data[row * width + column] ?? 0;
        }
      }
      out[y * width + x] = sum / 9;
    }
  }
  return { data: out, width, height };
}
