import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import {
  axe,
  type LaunchedChromium,
  launchChromium,
  screenshot,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { walkOn } from './hands/anyLanguage.ts';
import { type UnderWay, underWay } from './hands/elsewhere.ts';
import { atScreen } from './hands/kiosk.ts';
import { tooWide } from './hands/looking.ts';

/** A phone, the narrowest window that WCAG asks for, and a desk's. */
const windows = {
  'phone-narrow': { width: 320, height: 640 },
  'phone-portal': { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
};

let tongban: Tongban;
let cases: UnderWay;
let browser: LaunchedChromium;
let page: Page;
let wrong: string[] = [];

beforeAll(async () => {
  tongban = await startTongban();
  cases = await underWay(tongban.origin);
  browser = await launchChromium({
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    context: {
      viewport: windows.phone,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    },
  });
  browser.context.setDefaultTimeout(30_000);
  page = browser.context.pages()[0] ?? (await browser.context.newPage());
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
});

afterAll(async () => {
  await browser?.close();
  await tongban?.stop();
});

async function to(path: string, screen: string): Promise<void> {
  await page.goto(`${tongban.origin}/phone/${path}`);
  await atScreen(page, screen);
}

/** The screen on a phone, in a narrow window and in a wide one. */
async function look(name: string): Promise<void> {
  for (const [window, size] of Object.entries(windows)) {
    await page.setViewportSize(size);
    for (const place of await tooWide(page)) wrong.push(`${window} ${name}: ${place}`);
    await screenshot(page, `${window}-${name}`);
  }
  await page.setViewportSize(windows.phone);
  for (const place of await axe(page)) wrong.push(`${name}: ${place}`);
}

const pressPrimary = () => page.locator('.primary:visible').first().click();

describe.each(['en', 'zh'] as const)('every screen of the phone, in %s', (language) => {
  const called = (name: string) => `${language}-${name}`;

  test('the places, and what was handed in elsewhere', async () => {
    wrong = [];
    onTestFailed(() => screenshot(page, 'phone-screens-failed'));
    await to('settings', 'settings');
    await page
      .locator('[data-screen=settings] input')
      .nth(language === 'zh' ? 0 : 1)
      .click();
    await page.locator(`html[lang^=${language}]`).waitFor({ state: 'attached' });
    await look(called('settings'));
    for (const [path, screen, name] of [
      ['choose/event', 'choose', 'choose-event'],
      ['choose/department/police', 'choose', 'choose-department'],
      ['choose/search', 'choose', 'choose-search'],
      ['help', 'help', 'help'],
      ['sign-in', 'sign-in', 'sign-in'],
      ['case/nowhere', 'case', 'case-unknown'],
    ] as const) {
      await to(path, screen);
      if (name === 'choose-search') await page.locator('input[type=search]').fill('证');
      await look(called(name));
    }
    await to('scan', 'scan');
    await page.locator('[data-scan=running]').waitFor();
    await look(called('scan'));

    await to('ask', 'ask');
    await page.locator('.typed').first().fill('3201999');
    await pressPrimary();
    await page.getByRole('alert').waitFor();
    await look(called('ask'));
    await page.locator('.typed').first().fill(cases.permit.code);
    await pressPrimary();
    await page.locator('.p-time').waitFor();
    await page.locator('.p-answer summary').click();
    await look(called('case-one'));
    await to('ask', 'ask');
    await page.locator('.typed').first().fill(cases.newborn.code);
    await pressPrimary();
    await page.locator('.p-time').waitFor();
    if (language === 'en') {
      // Kept from here on, for both languages.
      await page.locator('.p-keep button').click();
      await page.locator('.p-keep').waitFor({ state: 'detached' });
    }
    await look(called('case-bundle'));
    await page.locator('[data-screen=case] .do .p-text-button').first().click();
    await page.locator('[data-dialog=private-words]').waitFor();
    await page.locator('[data-dialog] input').fill('320199199205180010');
    await pressInDialog();
    await page.locator('[data-dialog] [role=alert]').waitFor();
    await look(called('private'));
    await page.locator('[data-dialog] input').fill('320199199403120027');
    await pressInDialog();
    await page.getByText(cases.words).waitFor();
    await look(called('private-words'));
    await page.keyboard.press('Escape');
    await pressPrimary();
    await atScreen(page, 'supplement');
    const choosing = page.waitForEvent('filechooser');
    await page.locator('.p-pair .second').last().click();
    await (await choosing).setFiles({
      name: 'IMG_1.jpg',
      mimeType: 'image/jpeg',
      buffer: await page.screenshot({ type: 'jpeg' }),
    });
    await page.locator('.p-files img').waitFor();
    await look(called('supplement'));
    await to('', 'home');
    await page.locator('.p-cases').first().waitFor();
    await look(called('home'));
    await page.locator('.p-language').click();
    await page.locator('[data-dialog=language]').waitFor();
    await look(called('language'));
    expect(wrong).toEqual([]);
  });

  test('an application, from who somebody is to the receipt', async () => {
    wrong = [];
    onTestFailed(() => screenshot(page, 'phone-screens-failed'));
    await to('begin/item/residence-permit', 'identity');
    await walkOn(page, (screen) => look(called(`permit-${screen}`)));
    expect(wrong).toEqual([]);
  });

  test('a registration of a trade, the whole way too', async () => {
    wrong = [];
    onTestFailed(() => screenshot(page, 'phone-screens-failed'));
    await to('begin/item/sole-trader', 'identity');
    await walkOn(page, async (screen) => {
      for (const place of await tooWide(page)) wrong.push(`${screen}: ${place}`);
      await screenshot(page, `phone-${called(`trade-${screen}`)}`);
    });
    expect(wrong).toEqual([]);
  });
});

const pressInDialog = () => page.locator('[data-dialog] .primary').click();
