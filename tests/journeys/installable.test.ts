import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import { startTongban, type Tongban } from '../support/index.ts';

interface Manifest {
  readonly name: string;
  readonly short_name: string;
  readonly start_url: string;
  readonly scope: string;
  readonly display: string;
  readonly icons: readonly {
    readonly src: string;
    readonly sizes: string;
    readonly type: string;
    readonly purpose: string;
  }[];
}

let tongban: Tongban;
beforeAll(async () => {
  tongban = await startTongban();
});
afterAll(() => tongban?.stop());

const get = (path: string) => fetch(new URL(path, `${tongban.origin}/phone/`));

test('the phone’s page can be installed: its manifest has all that a browser asks for, and icons of the size they say', async () => {
  const page = await (await get('.')).text();
  const link = /<link rel="manifest" href="([^"]+)"/.exec(page)?.[1];
  const answer = await get(link ?? 'no-manifest');
  expect(answer.status).toBe(200);
  const manifest = (await answer.json()) as Manifest;
  expect(manifest).toMatchObject({
    name: '通办',
    short_name: '通办',
    start_url: '/phone/',
    scope: '/phone/',
    display: 'standalone',
  });
  expect((await get(manifest.start_url)).status).toBe(200);

  const sizes = manifest.icons.map(({ sizes: size, purpose }) => `${purpose} ${size}`);
  expect(sizes).toEqual(expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']));
  for (const { src, sizes: stated, type } of manifest.icons) {
    const icon = await get(src);
    expect([src, icon.status, icon.headers.get('content-type')]).toEqual([src, 200, type]);
    const { width, height } = PNG.sync.read(Buffer.from(await icon.arrayBuffer()));
    expect(`${width}x${height}`).toBe(stated);
  }
});

test('whatever a screen may load lies on the phone from the start, but for the font of the papers and the reader of cards’ print', async () => {
  const worker = await (await get('sw.js')).text();
  const assets = await readdir(join(root, 'apps/mobile-web/dist/assets'));
  const left = assets.filter((name) => !worker.includes(`assets/${name}`));
  // Browsers that know no woff2 could not run the rest either.
  // What reads cards' print is large, and kept from the first card on that somebody held before the camera.
  const spared =
    /^NotoSansSC_400Regular-.*\.ttf$|\.woff$|^(ort-wasm-simd|ch_PP-OCRv4_rec|ppocr_keys)/;
  expect(left.filter((name) => !spared.test(name))).toEqual([]);
  expect(assets.some((name) => name.startsWith('pdf.worker'))).toBe(true);
});
