import type { Format, Frame } from '@tongban/core/scan';
import { drawn, photographed } from '@tongban/core/testing/codes';

const [width, height] = [1280, 720];

/** What codes of each format hold here. */
const content: Readonly<Record<Format, string>> = {
  qr: 'TBR1:320199920261123K7Q2M8XW4RZ0T.mB3qXw0Lq2fTt0s1p9y8dw.5uRk7Q',
  pdf417: 'LAN ZHOU 320199 CERTIFICATE 0042',
  'data-matrix': 'LZ-2026-0042-7731',
  aztec: 'Lanzhou 2026 / 0042 / 7731',
  'code-128': 'LZ0726112300',
  'ean-13': '6901234567892',
};

/** A hall as the camera sees it between two codes: things of all sizes and greys, and a notice in close print. */
export function furnishedFrame(seed: number): Frame {
  const data = new Uint8ClampedArray(width * height).fill(210);
  let state = seed;
  const upTo = (most: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const fill = (left: number, top: number, w: number, h: number, grey: number): void => {
    for (let y = top; y < Math.min(height, top + h); y += 1)
      data.fill(grey, y * width + left, y * width + Math.min(width, left + w));
  };
  for (let things = 0; things < 40; things += 1)
    fill(upTo(width), upTo(height), 20 + upTo(300), 20 + upTo(200), 30 + upTo(200));
  const [left, top] = [200 + upTo(400), 100 + upTo(200)];
  fill(left, top, 420, 360, 235);
  for (let y = top + 20; y < top + 340; y += 20)
    for (let x = left + 20; x < left + 400; x += 3 + upTo(8))
      fill(x, y + upTo(6), 1 + upTo(4), 3 + upTo(9), 40);
  return photographed({ data, width, height }, { blur: 1, noise: 24, seed });
}

export interface Picture {
  readonly format: Format;
  readonly text: string;
  readonly frame: Frame;
}

/** A wall as a waiting camera sees it: uneven light and grain, no code. Another one for each `seed`. */
export function emptyFrame(seed: number): Frame {
  const data = new Uint8ClampedArray(width * height).fill(230);
  return photographed({ data, width, height }, { noise: 24, seed });
}

/** How far a code is turned in the hand, in degrees; a quarter turn is how bar codes on cards are often held. */
const turns = [0, 7, -11, 90];
const conditions = [
  { blur: 0, noise: 40 },
  { blur: 2, noise: 24 },
];
/** Pixels a module: near to the camera and far from it. */
const scales = [4, 2];

/** Camera frames of 1280 × 720 with a code held into them in each way, the same at every run. */
export async function pictures(format: Format): Promise<Picture[]> {
  const made: Picture[] = [];
  for (const scale of scales) {
    const code = await drawn(format, content[format], scale);
    for (const degrees of turns) {
      for (const { blur, noise } of conditions) {
        const seed = made.length + 1;
        const held = photographed(code, { degrees, blur, noise, seed });
        made.push({ format, text: content[format], frame: laid(held, seed) });
      }
    }
  }
  return made;
}

/** The code held up before the wall, near the middle, where the viewfinder asks for it. */
function laid(code: Frame, seed: number): Frame {
  if (code.width > width || code.height > height) throw new Error('The code is too large.');
  const frame = emptyFrame(seed);
  const data = Uint8ClampedArray.from(frame.data);
  const left = Math.floor((width - code.width) * (0.46 + ((seed * 3) % 9) / 100));
  const top = Math.floor((height - code.height) * (0.46 + ((seed * 5) % 9) / 100));
  for (let y = 0; y < code.height; y += 1) {
    const row = code.data.subarray(y * code.width, (y + 1) * code.width);
    data.set(row, (top + y) * width + left);
  }
  return { data, width, height };
}
