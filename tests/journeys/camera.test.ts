import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printedCard } from '@tongban/core/testing/cards';
import { madeZone, seeded } from '@tongban/core/testing/zones';
import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, onTestFailed, test } from 'vitest';
import {
  axe,
  cardInHand,
  codeInHand,
  credentialOf,
  handFilm,
  type LaunchedChromium,
  launchChromium,
  passportInHand,
  people,
  screenshot,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { atScreen, firstContact, openKiosk, touch } from './hands/kiosk.ts';
import { agree, choosePermit } from './hands/permit.ts';
import { say } from './hands/words.ts';

/** Films of an unsteady hand: shaken, out of focus now and then, a lamp wandering over it. */
let tongban: Tongban;
let browser: LaunchedChromium | undefined;
let film: string | undefined;

beforeAll(async () => {
  tongban = await startTongban();
});
afterEach(async () => {
  await browser?.close();
  if (film !== undefined) await rm(dirname(film), { recursive: true, force: true });
  browser = undefined;
  film = undefined;
});
afterAll(async () => {
  await tongban?.stop();
});

async function kioskBefore(scene: Parameters<typeof handFilm>[0]): Promise<Page> {
  film = await handFilm(scene);
  const kiosk = await openKiosk(tongban.origin, { film });
  browser = kiosk.browser;
  onTestFailed(() => screenshot(kiosk.page, 'camera-failed'));
  await firstContact(kiosk.page);
  await choosePermit(kiosk.page);
  return kiosk.page;
}

/** Until the camera's picture is there. */
async function filming(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
}

const way = (name: 'code' | 'document') => new RegExp(`^${say(`journey:identity.${name}`)}`);

test('a code in an unsteady hand', async () => {
  const page = await kioskBefore(await codeInHand(await credentialOf(people.xiaohe)));
  await touch(page, way('code'));
  await atScreen(page, 'notice');
  await page.getByText(say('journey:evidence.credential-code')).waitFor();
});

test('a card in an unsteady hand: what was read is looked at, and what is put right is the person’s own', async () => {
  const card = printedCard(4);
  const page = await kioskBefore(cardInHand(card));
  await screenshot(page, 'kiosk-identity-ways');
  await touch(page, way('document'));
  await atScreen(page, 'identity-document');
  await filming(page);
  await screenshot(page, 'kiosk-identity-document');
  await atScreen(page, 'identity-confirm');
  await screenshot(page, 'kiosk-identity-confirm');
  expect(await axe(page)).toEqual([]);
  const field = (name: 'name' | 'residentId' | 'address') =>
    page.getByRole('textbox', { name: say(`journey:attribute.${name}`) });
  expect(await field('residentId').inputValue()).toBe(card.number);
  expect(await field('name').inputValue()).toBe(card.name);
  expect(await page.locator('video').count()).toBe(0);
  await field('address').fill('云陵县青石镇望江路 3 号');
  await touch(page, say('journey:identity.confirmed'));
  await atScreen(page, 'notice');
  await page.getByText(say('journey:evidence.typed')).waitFor();
  await page.getByText('云陵县青石镇望江路 3 号').waitFor();
  await screenshot(page, 'kiosk-notice-camera');
  await agree(page);
});

test('a passport in an unsteady hand: its name is confirmed, and a counter looks at it once', async () => {
  const zone = madeZone('td3', seeded(71));
  const page = await kioskBefore(passportInHand(zone));
  await touch(page, way('document'));
  await atScreen(page, 'identity-confirm');
  await screenshot(page, 'kiosk-identity-passport');
  const name = page.getByRole('textbox', { name: say('journey:attribute.name') });
  expect(await name.inputValue()).toBe(`${zone.fields.surname} ${zone.fields.givenNames}`);
  await page.getByText(zone.fields.documentNumber ?? '', { exact: true }).waitFor();
  await touch(page, say('journey:identity.confirmed'));
  await atScreen(page, 'notice');
  await page.getByText(say('journey:notice.leadDeclared')).waitFor();
});

test('on a phone: a card before the camera, the camera is off once it is read, and nothing was sent', async () => {
  const card = printedCard(4);
  film = await handFilm(cardInHand(card));
  browser = await launchChromium({
    fakeCapture: film,
    context: {
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  });
  browser.context.setDefaultTimeout(30_000);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  onTestFailed(() => screenshot(page, 'camera-failed'));
  await page.goto(`${tongban.origin}/phone/begin/item/residence-permit`);
  await atScreen(page, 'identity');
  await screenshot(page, 'phone-identity-ways');
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await touch(page, way('document'));
  await atScreen(page, 'scan');
  await filming(page);
  await screenshot(page, 'phone-identity-document');
  await atScreen(page, 'identity-confirm');
  await screenshot(page, 'phone-identity-confirm');
  expect(await axe(page)).toEqual([]);
  expect(await page.locator('video').count()).toBe(0);
  expect(page.workers()).toEqual([]);
  await touch(page, say('journey:identity.confirmed'));
  await atScreen(page, 'notice');
  await page.getByText(say('journey:evidence.camera')).waitFor();
  await page.getByText(say('journey:notice.leadDeclared')).waitFor();
  // What reads the card is fetched; nothing is sent, least of all a picture.
  expect(requests.some((request) => request.url().endsWith('.onnx'))).toBe(true);
  for (const request of requests) {
    expect(new URL(request.url()).origin).toBe(tongban.origin);
    expect(request.postDataBuffer()?.length ?? 0).toBeLessThan(1024);
  }
});
