import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readCodes } from '@tongban/core/scan';
import { expect, it } from 'vitest';
import { codeFilm } from './codeFilm.ts';
import { credentialOf, people } from './people.ts';

it('shows a credential that can be read from its last frame', async () => {
  const credential = await credentialOf(people.xiaohe);
  const file = await codeFilm(credential);
  const film = await readFile(file);
  await rm(dirname(file), { recursive: true });
  const frame = 1280 * 960 * 1.5;
  const luma = film.subarray(film.length - frame, film.length - frame + 1280 * 960);
  const [found] = await readCodes(
    { data: new Uint8ClampedArray(luma), width: 1280, height: 960 },
    { effort: 'thorough' },
  );
  expect(found?.text).toBe(credential);
});
