import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from '@tongban/core/scan';
import {
  drawnFront,
  inkFont,
  type PrintedCard,
  photographedCard,
} from '@tongban/core/testing/cards';
import { drawn } from '@tongban/core/testing/codes';
import { type Hand, handHeld, heldBefore } from '@tongban/core/testing/film';
import { drawnZone, type MadeZone } from '@tongban/core/testing/zones';
import { greyY4m } from './y4m.ts';

/** As a kiosk's camera films. */
export const filmSize = { width: 1280, height: 720 } as const;
/** A hand that trembles, under a lamp, before a camera that seeks its focus. */
export const unsteady: Hand = { shake: 7, turn: 2, smear: 4, blur: 3, glare: 70, noise: 16 };

/** A code on a screen or a sheet, in the middle of what the camera sees. */
export async function codeInHand(text: string): Promise<Frame> {
  const code = await drawn('qr', text, 3);
  return heldBefore(code, filmSize);
}

/** The page of a made-up passport. */
export function passportInHand(zone: MadeZone): Frame {
  return heldBefore(drawnZone(zone, { width: 880 }, 71), filmSize);
}

/** The front of a made-up resident card. */
export function cardInHand(card: PrintedCard): Frame {
  const file = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
  const font = inkFont(readFileSync(createRequire(import.meta.url).resolve(file)));
  return photographedCard(drawnFront(card, font, 3), { ...filmSize, share: 0.62 }, 3);
}

/** A film of it in an unsteady hand, ten frames a second, after a moment with nothing: an .y4m file in a folder of its own. */
export async function handFilm(scene: Frame, frames = 14): Promise<string> {
  const empty = { ...scene, data: new Uint8ClampedArray(scene.data.length).fill(110) };
  const file = join(await mkdtemp(join(tmpdir(), 'tongban-film-')), 'hand.y4m');
  await writeFile(file, greyY4m([empty, empty, ...handHeld(scene, frames, unsteady, 5)]));
  return file;
}
