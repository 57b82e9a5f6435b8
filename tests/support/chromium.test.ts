import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LaunchedChromium, launchChromium } from './chromium.ts';
import { y4m } from './y4m.ts';

let folder: string;
let browser: LaunchedChromium | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-chromium-'));
});

afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await rm(folder, { recursive: true, force: true });
});

const pageOn = async (options: Parameters<typeof launchChromium>[0]) => {
  browser = await launchChromium(options);
  const page = await browser.context.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
  // Camera and storage need an origin that counts as secure; the test itself answers for it.
  await page.goto('http://localhost/');
  return page;
};

describe('a Chromium under test', { timeout: 60_000 }, () => {
  test('sees through its camera the film it was given', async () => {
    const film = join(folder, 'film.y4m');
    const [width, height] = [64, 48];
    const red = { width, height, pixels: new Uint8Array(width * height * 3) };
    for (let at = 0; at < red.pixels.length; at += 3) red.pixels[at] = 200;
    await writeFile(film, y4m([red]));
    const page = await pageOn({ fakeCapture: film });
    const middle = await page.evaluate(async () => {
      const video = document.createElement('video');
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
      await video.play();
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      const canvas = document.createElement('canvas');
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      const drawing = canvas.getContext('2d');
      drawing?.drawImage(video, 0, 0);
      const pixel = drawing?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data ?? [];
      return { size: [canvas.width, canvas.height], pixel: [...pixel].slice(0, 3) };
    });
    expect(middle.size).toEqual([width, height]);
    const [r = 0, g = 255, b = 255] = middle.pixel;
    expect(Math.abs(r - 200)).toBeLessThan(12);
    expect(g).toBeLessThan(12);
    expect(b).toBeLessThan(12);
  });

  test('keeps in its profile what was durable when it was killed', async () => {
    const profile = join(folder, 'profile');
    const first = await pageOn({ profile });
    await first.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opened = indexedDB.open('trial', 1);
          opened.onupgradeneeded = () => opened.result.createObjectStore('rows');
          opened.onsuccess = () => {
            const change = opened.result.transaction('rows', 'readwrite', { durability: 'strict' });
            change.objectStore('rows').put('saved', 'key');
            change.oncomplete = () => resolve();
            change.onerror = () => reject(change.error);
          };
        }),
    );
    await browser?.kill();
    const again = await pageOn({ profile });
    const row = await again.evaluate(
      () =>
        new Promise((resolve) => {
          const opened = indexedDB.open('trial', 1);
          opened.onsuccess = () => {
            const asked = opened.result.transaction('rows').objectStore('rows').get('key');
            asked.onsuccess = () => resolve(asked.result);
          };
        }),
    );
    expect(row).toBe('saved');
  });
});
