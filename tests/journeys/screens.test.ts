import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  axe,
  type LaunchedChromium,
  launchChromium,
  screenshot,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { walkPermit } from './hands/anyLanguage.ts';
import { atScreen } from './hands/kiosk.ts';
import { cutOff } from './hands/looking.ts';

/** A kiosk's screens as somebody set them. */
interface Setting {
  readonly name: string;
  readonly viewport: NonNullable<BrowserContextOptions['viewport']>;
  /** What is touched at the home first. */
  readonly set?: (page: Page) => Promise<void>;
  /** Each screen is also looked at in these themes. */
  readonly themes?: readonly string[];
}

const upright = { width: 1080, height: 1920 };
const across = { width: 1920, height: 1080 };
const language = (lang: string) => async (page: Page) => {
  await page.locator(`.tools [lang=${lang}]`).click();
  await page.locator(`html[lang=${lang}]`).waitFor({ state: 'attached' });
};

const settings: readonly Setting[] = [
  { name: 'zh', viewport: upright, themes: ['dark', 'hc-light', 'hc-dark'] },
  { name: 'en', viewport: upright, set: language('en') },
  { name: 'ug', viewport: upright, set: language('ug') },
  { name: 'zh-across', viewport: across, themes: ['hc-dark'] },
  { name: 'en-across', viewport: across, set: language('en') },
  {
    name: 'zh-large',
    viewport: upright,
    set: async (page) => page.locator('.foot-nav button').first().click(),
  },
  {
    name: 'zh-lowered',
    viewport: upright,
    set: async (page) => page.locator('.tools button').last().click(),
  },
];

let tongban: Tongban;

beforeAll(async () => {
  tongban = await startTongban();
});

afterAll(async () => {
  await tongban?.stop();
});

describe('every screen of a journey at the kiosk', () => {
  test.each(settings)('$name: nothing serious for axe, nothing cut off', async (setting) => {
    let browser: LaunchedChromium | undefined;
    try {
      browser = await launchChromium({
        args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
        context: {
          viewport: setting.viewport,
          locale: 'zh-CN',
          timezoneId: 'Asia/Shanghai',
          reducedMotion: 'reduce',
        },
      });
      browser.context.setDefaultTimeout(30_000);
      const page = browser.context.pages()[0] ?? (await browser.context.newPage());
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
      await page.goto(`${tongban.origin}/kiosk/?idle=900`);
      await atScreen(page, 'home');
      await page.getByText('南湖区政务服务大厅').first().waitFor();
      await setting.set?.(page);
      await walkPermit(page, async (screen) => {
        wrong.push(...(await lookOver(page, `${setting.name}-${screen}`, setting.themes ?? [])));
      });
      expect(wrong).toEqual([]);
    } finally {
      await browser?.close();
    }
  });
});

/** Keeps a picture in each theme and says what is wrong with the screen. */
async function lookOver(page: Page, name: string, themes: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const standing = await page.evaluate(() => document.documentElement.dataset.theme ?? 'light');
  for (const theme of [standing, ...themes]) {
    await page.evaluate((now) => {
      document.documentElement.dataset.theme = now;
    }, theme);
    const label = theme === standing ? name : `${name}-${theme}`;
    await screenshot(page, `kiosk-${label}`);
    for (const place of await axe(page)) wrong.push(`${label}: ${place}`);
  }
  await page.evaluate((now) => {
    document.documentElement.dataset.theme = now;
  }, standing);
  for (const place of await cutOff(page)) wrong.push(`${name}: ${place}`);
  return wrong;
}
