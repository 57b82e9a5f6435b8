import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { axe, screenshot } from '../../support/index.ts';

/** How a hall's browser looks at a page: in Chinese, by China's clock. */
export const hall = (width: number, height: number) => ({
  viewport: { width, height },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
});

/** Opens a page for staff and signs in. */
export async function signIn(
  context: BrowserContext,
  address: string,
  account: string,
): Promise<Page> {
  context.setDefaultTimeout(15_000);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address);
  await page.getByLabel('工号').fill(account);
  await page.getByLabel('口令').fill('demo');
  await page.keyboard.press('Enter');
  return page;
}

/** Looks at the screen: keeps its picture, and asks axe in both languages. */
export async function looked(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await axe(page), name).toEqual([]);
}
