import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Frame } from '@tongban/core/scan';
import { handHeld } from '@tongban/core/testing/film';
import { filmSize, greyY4m, unsteady } from '../../tests/support/index.ts';

const framesPerSecond = 10;
/** Frames with nothing in view before each thing. */
const pause = 5;
/** Frames of a thing until they come again: drawing them takes longer than showing them. */
const different = 10;

/** Things one after the other in an unsteady hand; a white mark in the corner says when one is in view. */
export interface Film {
  readonly file: string;
  /** Milliseconds that it takes to play. */
  readonly lasts: number;
  remove(): Promise<void>;
}

export async function filmOf(scenes: readonly Frame[], frames: number): Promise<Film> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-bench-film-'));
  const file = join(folder, 'film.y4m');
  await pipeline(parts(scenes, frames), createWriteStream(file));
  return {
    file,
    lasts: (scenes.length * (pause + frames) * 1000) / framesPerSecond,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The film's bytes, a thing at a time: all of it would not lie in memory. */
function* parts(scenes: readonly Frame[], frames: number): Generator<Buffer> {
  const nothing = new Uint8ClampedArray(filmSize.width * filmSize.height).fill(110);
  const empty = Array.from({ length: pause }, () => ({ ...filmSize, data: nothing }));
  for (const [index, scene] of scenes.entries()) {
    const drawn = handHeld(scene, different, unsteady, index + 1).map(marked);
    const shown = Array.from({ length: frames }, (_, i) => drawn[i % different] as Frame);
    const film = greyY4m([...empty, ...shown], framesPerSecond);
    // One header stands before all frames.
    yield index === 0 ? film : film.subarray(film.indexOf('\n') + 1);
  }
}

function marked(frame: Frame): Frame {
  for (let y = 0; y < 16; y++) frame.data.fill(255, y * frame.width, y * frame.width + 16);
  return frame;
}
