import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawn, photographed } from '@tongban/core/testing/codes';
import { onWhite, type RgbFrame, y4m } from './y4m.ts';

/**
 * A film for the fake camera of a code held in a hand: each frame a photograph of its own, turned a little, unevenly
 * lit, slightly out of focus and noisy. The first half of it shows no code yet. Returns the film's file.
 */
export async function codeFilm(text: string, camera: 'kiosk' | 'phone' = 'kiosk'): Promise<string> {
  // A camera that is asked for 720 lines shows the middle ones of these 960: the whole code must lie in them.
  const code = await drawn('qr', text, 3);
  // A phone is held upright and shows the middle of what it sees: the code fills its frame, not the picture.
  const size = camera === 'kiosk' ? { width: 1280, height: 960 } : { width: 720, height: 960 };
  const held = [-3, -1, 2, 4].map((degrees, i) => {
    const { data, width, height } = photographed(code, {
      degrees,
      blur: 1,
      noise: 24,
      seed: i + 1,
    });
    return onWhite({ width, height, pixels: grey(data) }, size);
  });
  const empty: RgbFrame = {
    ...size,
    pixels: new Uint8Array(size.width * size.height * 3).fill(150),
  };
  const file = join(await mkdtemp(join(tmpdir(), 'tongban-film-')), 'code.y4m');
  await writeFile(file, y4m([empty, empty, ...held, ...held], 5));
  return file;
}

function grey(data: Uint8ClampedArray | Uint8Array): Uint8Array {
  const pixels = new Uint8Array(data.length * 3);
  data.forEach((value, i) => {
    pixels.fill(value, i * 3, i * 3 + 3);
  });
  return pixels;
}
