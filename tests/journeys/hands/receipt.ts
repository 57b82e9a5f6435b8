import { luminance, scan } from '@tongban/core/scan';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';

/** Text of the code in this part of the screen, as a camera would read it off the glass. */
export async function readOffScreen(part: Locator): Promise<string | undefined> {
  const { data, width, height } = PNG.sync.read(await part.screenshot());
  return scan(luminance(data, width, height), { effort: 'thorough', formats: ['qr'] })[0]?.text;
}
