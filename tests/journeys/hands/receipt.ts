import { parseReceipt, type Receipt, spacedCaseNumber } from '@tongban/core';
import { luminance, readCodes } from '@tongban/core/scan';
import type { Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect } from 'vitest';
import { say } from './words.ts';

/** Text of the code in this part of the screen, as a camera would read it off the glass. */
export async function readOffScreen(part: Locator): Promise<string | undefined> {
  const { data, width, height } = PNG.sync.read(await part.screenshot());
  const frame = luminance(data, width, height);
  return (await readCodes(frame, { effort: 'thorough', formats: ['qr'] }))[0]?.text;
}

/** The receipt in the code on the screen: number and code belong together. */
export async function receiptOn(page: Page): Promise<Receipt> {
  const part = page.getByRole('img', { name: say('journey:receipt.code'), exact: true });
  // A slow machine shows the frame of the code before the code.
  let code: string | undefined;
  await expect
    .poll(
      async () => {
        code = await readOffScreen(part);
        return code;
      },
      { timeout: 30_000 },
    )
    .toBeDefined();
  const receipt = parseReceipt(code ?? '');
  if (receipt === undefined) throw new Error(`The code on the screen is no receipt: ${code}`);
  await page.getByText(spacedCaseNumber(receipt.number)).waitFor();
  return receipt;
}
