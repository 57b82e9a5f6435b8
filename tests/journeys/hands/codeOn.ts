import { luminance, readCodes } from '@tongban/core/scan';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

/** What a camera in front of the screen would read. */
export async function codeOn(page: Page): Promise<string> {
  await page.locator('.qr').waitFor();
  const { data, width, height } = PNG.sync.read(await page.screenshot());
  const [found] = await readCodes(luminance(data, width, height), {
    effort: 'thorough',
    formats: ['qr'],
  });
  if (found === undefined) throw new Error('The screen shows no code that can be read.');
  return found.text;
}
