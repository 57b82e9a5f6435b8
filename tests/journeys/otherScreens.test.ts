import { copyFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import {
  axe,
  codeFilm,
  type LaunchedChromium,
  launchChromium,
  screenshot,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { type UnderWay, underWay } from './hands/elsewhere.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import { cutOff } from './hands/looking.ts';
import { photographOf } from './hands/materialPhotograph.ts';
import { agree, answer, choosePermit, handIn, permit, review } from './hands/permit.ts';
import { say, saying } from './hands/words.ts';

const upright = { width: 1080, height: 1920 };
/** A number that could be one, of an application that nobody made. */
const nowhere = '320199920261123ABCDEFGHJKMNK';
const across = { width: 1920, height: 1080 };

let tongban: Tongban;
let cases: UnderWay;
let kiosk: LaunchedChromium;
let page: Page;
const films: string[] = [];
/** The film that the camera plays; another is laid in its place while the camera is off. */
let camera: string;
/** What was wrong with the screens of a test. */
let wrong: string[] = [];

beforeAll(async () => {
  tongban = await startTongban();
  cases = await underWay(tongban.origin);
  camera = await film('nothing to be read');
  kiosk = await launchChromium({
    fakeCapture: camera,
    context: {
      viewport: upright,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      // Then every fresh page comes over the line, where a test can hold it up.
      serviceWorkers: 'block',
    },
  });
  kiosk.context.setDefaultTimeout(30_000);
  // The panel's hands are used, its drawing is no part of the screen.
  await kiosk.context.addInitScript(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.panel { display: none } :root { --beside: 0px !important }');
    document.adoptedStyleSheets = [sheet];
  });
  page = kiosk.context.pages()[0] ?? (await kiosk.context.newPage());
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
});

afterAll(async () => {
  await kiosk?.close();
  await tongban?.stop();
  for (const each of films) await rm(dirname(each), { recursive: true, force: true });
});

async function film(text: string): Promise<string> {
  const file = await codeFilm(text);
  films.push(file);
  return file;
}

async function open(query = 'idle=900'): Promise<void> {
  wrong = [];
  onTestFailed(() => screenshot(page, 'kiosk-other-failed'));
  await page.setViewportSize(upright);
  await page.goto(`${tongban.origin}/kiosk/?panel&${query}`);
  await atScreen(page, 'home');
  await page.getByText('南湖区政务服务大厅').first().waitFor();
}

/** Presses a button of the panel, which is not drawn. */
async function hand(name: string): Promise<void> {
  await page
    .locator('.panel button', { hasText: name })
    .first()
    .evaluate((button: HTMLElement) => button.click());
}

async function speak(language: 'zh-CN' | 'en' | 'ug'): Promise<void> {
  await page.locator('.tools:visible [aria-haspopup]').click();
  await page.locator(`[data-dialog=language] [lang=${language}]`).click();
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
  await page.locator('[data-dialog=language]').waitFor({ state: 'detached' });
}

/** Keeps a picture of the screen as it stands, and notes what sticks out. */
async function picture(name: string): Promise<void> {
  await screenshot(page, `kiosk-${name}`);
  for (const place of await cutOff(page)) wrong.push(`${name}: ${place}`);
}

/** Asks axe, too. */
async function examine(name: string): Promise<void> {
  await picture(name);
  for (const place of await axe(page)) wrong.push(`${name}: ${place}`);
}

/** A screen in every language, and in Chinese on a panel that lies across and lowered on both. */
async function look(name: string): Promise<void> {
  await examine(`zh-${name}`);
  await speak('en');
  await examine(`en-${name}`);
  await speak('ug');
  await picture(`ug-${name}`);
  await speak('zh-CN');
  const lower = page.locator('.tools:visible button').last();
  await turn('landscape', across);
  await picture(`zh-across-${name}`);
  await lower.click();
  await picture(`zh-across-lowered-${name}`);
  await turn('portrait', upright);
  await picture(`zh-lowered-${name}`);
  await lower.click();
}

async function turn(orientation: string, panel: typeof upright): Promise<void> {
  await page.setViewportSize(panel);
  await page.locator(`.stage[data-orientation=${orientation}]`).waitFor();
}

/** A dialog covers the tools: the language is changed before it is opened. */
async function lookAtDialog(
  name: string,
  openIt: () => Promise<void>,
  change: (language: 'zh-CN' | 'en' | 'ug') => Promise<void>,
): Promise<void> {
  for (const language of ['en', 'ug', 'zh-CN'] as const) {
    await change(language);
    await openIt();
    await page.locator('dialog[open]').waitFor();
    await examine(`${language === 'zh-CN' ? 'zh' : language}-${name}`);
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  }
}

const help = () => page.locator('.foot-nav button', { hasText: /请人帮忙|help|ياردەم/i }).click();

/** Ends the visit while something still holds its stores, and looks at what stands until they are gone. */
async function end(name: string): Promise<void> {
  const held = await page.evaluateHandle(async () => {
    const stores = await indexedDB.databases();
    return Promise.all(
      stores.map(
        ({ name: store = '' }) =>
          new Promise<IDBDatabase>((resolve, reject) => {
            const asked = indexedDB.open(store);
            asked.onsuccess = () => resolve(asked.result);
            asked.onerror = () => reject(asked.error);
          }),
      ),
    );
  });
  await page.locator('.foot-nav:visible button').last().click();
  await atScreen(page, 'ending');
  await screenshot(page, `kiosk-${name}`);
  for (const place of await axe(page)) wrong.push(`${name}: ${place}`);
  await held.evaluate((stores) => {
    for (const store of stores) store.close();
  });
  await atScreen(page, 'home');
}

const door = (name: string) => touch(page, new RegExp(`^${saying(`kiosk:door.${name}.name`)}`));

test('who asks how far something is: by number, by receipt, with what was written', async () => {
  await open();
  await lookAtDialog('help', help, async (language) => {
    await page.locator(`.tools [lang=${language}]`).click();
    await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
  });

  await door('ask');
  await atScreen(page, 'ask');
  await page.locator('[data-scan=running]').waitFor();
  await look('ask');
  await touch(page, say('kiosk:ask.type'));
  await atScreen(page, 'ask-number');
  await page.locator('#case-number').fill('3201999');
  await touch(page, say('kiosk:ask.look'));
  await page.locator('#case-number-fault').waitFor();
  await look('ask-number');
  for (const [number, name] of [
    [nowhere, 'progress-unknown'],
    [cases.permit.number, 'progress-one'],
  ] as const) {
    await page.locator('#case-number').fill(number);
    await touch(page, say('kiosk:ask.look'));
    await atScreen(page, 'progress');
    await page.locator('.timeline, .lead').first().waitFor();
    await look(name);
    await touch(page, say('common:nav.back'));
    await atScreen(page, 'ask-number');
  }
  await touch(page, say('common:nav.back'));
  await touch(page, say('common:nav.back'));
  await atScreen(page, 'home');

  await copyFile(await film(cases.newborn.code), camera);
  await door('ask');
  await page.locator('.supplement').waitFor();
  await look('progress-bundle');
  await touch(page, say('kiosk:progress.private'));
  await atScreen(page, 'progress-private');
  await page.locator('#private-id').fill('320199');
  await touch(page, say('kiosk:progress.privateOpen'));
  await page.locator('#private-id-fault').waitFor();
  await look('progress-private');
  await page.locator('#private-id').fill('320199199403120027');
  await touch(page, say('kiosk:progress.privateOpen'));
  await page.getByText(cases.words).waitFor();
  await look('progress-words');
  await touch(page, say('common:nav.back'));
  expect(wrong).toEqual([]);
});

test('who comes with a receipt or a code: printed again, printer in trouble, nothing to go on with', async () => {
  await open();
  await copyFile(await film('nothing to be read'), camera);
  await door('resume');
  await page.locator('[data-scan=running]').waitFor();
  await page.getByText(say('kiosk:resume.not.opaque')).waitFor();
  await look('resume');
  await touch(page, say('common:nav.back'));
  await door('print');
  await page.locator('[data-scan=running]').waitFor();
  await look('print');
  await touch(page, say('common:nav.back'));
  await copyFile(await film(cases.permit.code), camera);
  await door('print');
  await atScreen(page, 'print-receipt');
  await hand('Printer: out-of-paper');
  await touch(page, say('journey:receipt.print'));
  await page.getByText(say('kiosk:print.fault.out-of-paper')).waitFor();
  await look('print-trouble');
  await hand('Printer: out-of-paper');
  await touch(page, say('journey:receipt.print'));
  await page.getByRole('heading', { name: say('kiosk:print.done') }).waitFor();
  await look('print-done');
  expect(wrong).toEqual([]);
});

test('the turns of an application: handed over, differing, signed by typing, not printed, rated', async () => {
  await open();
  await choosePermit(page);
  await hand('Insert card');
  await atScreen(page, 'notice');
  await agree(page);
  await lookAtDialog(
    'language',
    () => page.locator('.tools:visible [aria-haspopup]').click(),
    speak,
  );
  await lookAtDialog('help-visit', help, speak);
  await help();
  await page.locator('.help-ways button').click();
  await atScreen(page, 'hand-over');
  await page.locator('.screen .qr').waitFor();
  await look('hand-over');
  await touch(page, say('common:nav.back'));
  await atScreen(page, 'question');

  await answer(page, permit.mistyped);
  const brought = { tenant: '丁小木', address: permit.address };
  await handIn(
    page,
    '住所证明',
    await photographOf({
      title: '房屋租赁合同',
      lines: { 承租人: brought.tenant, 房屋地址: brought.address },
      code: { kind: 'home-proof', attributes: brought },
    }),
  );
  const lookAtLease = new RegExp(`^${say('journey:materials.look', { name: '住所证明' })}`);
  await page.getByRole('button', { name: lookAtLease }).waitFor();
  await look('materials-differ');
  for (const name of ['difference-name', 'difference-address']) {
    await touch(page, lookAtLease);
    await atScreen(page, 'difference');
    await page.locator('.difference-picture img').waitFor();
    await look(name);
    await touch(page, say('journey:difference.materialWrong'));
    await atScreen(page, 'materials');
  }
  await touch(
    page,
    new RegExp(`^${say('journey:materials.take', { name: '房屋租赁登记备案凭证' })}`),
  );
  await touch(page, /承诺/);
  await atScreen(page, 'materials');
  await review(page);
  await page.locator('canvas[data-drawn]').waitFor();
  await touch(page, say('journey:sign.otherWay'));
  await page.locator('.signbox-typed input').fill('丁小禾');
  await look('sign-typed');
  await touch(page, say('journey:sign.submit'));
  await atScreen(page, 'receipt');

  await hand('Printer: jam');
  await touch(page, say('journey:receipt.print'));
  await atScreen(page, 'no-print');
  await look('no-print');
  await touch(page, say('journey:noPrint.without'));
  await touch(page, say('journey:receipt.rate'));
  await atScreen(page, 'rating');
  await touch(page, say('kiosk:rating.send'));
  await look('rating');
  await page.getByRole('radio', { name: say('kiosk:rating.level.good'), exact: true }).check();
  await touch(page, say('kiosk:rating.send'));
  await page.getByRole('heading', { name: say('kiosk:rating.thanks') }).waitFor();
  await look('rated');
  await end('zh-ending');
  expect(wrong).toEqual([]);
});

test('nobody is there: the countdown over an application, and its end', async () => {
  await page.clock.install();
  await open('idle=60&countdown=99');
  await choosePermit(page);
  await page.clock.fastForward(61_000);
  await atScreen(page, 'idle');
  await look('idle');
  await speak('en');
  await end('en-ending');
  expect(wrong).toEqual([]);
});
