import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  axe,
  codeFilm,
  credentialOf,
  type LaunchedChromium,
  launchChromium,
  people,
  screenshot,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { codeOn } from './hands/codeOn.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import { tooWide } from './hands/looking.ts';
import { handIn, pagesBrought, showCode } from './hands/permit.ts';
import { fillPermit } from './hands/phone.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
const folders: string[] = [];
let open: LaunchedChromium[] = [];

beforeAll(async () => {
  tongban = await startTongban();
});

afterEach(async () => {
  for (const browser of open) await browser.close();
  open = [];
});

afterAll(async () => {
  await tongban?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function newProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'tongban-phone-'));
  folders.push(profile);
  return profile;
}

/** A phone whose camera sees `code`. */
async function phoneSeeing(code: string, profile: string): Promise<[LaunchedChromium, Page]> {
  const film = await codeFilm(code);
  folders.push(dirname(film));
  const phone = await launchChromium({
    profile,
    fakeCapture: film,
    context: {
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    },
  });
  open.push(phone);
  phone.context.setDefaultTimeout(30_000);
  return [phone, phone.context.pages()[0] ?? (await phone.context.newPage())];
}

async function offer(page: Page): Promise<string> {
  await touch(page, say('phone:visit.kiosk'));
  await atScreen(page, 'hand-over');
  await touch(page, say('phone:handover.show'));
  return codeOn(page);
}

async function takeByCamera(page: Page): Promise<void> {
  await page.goto(`${tongban.origin}/phone/scan`);
}

test('[H6] both devices wrote: what differs stands side by side, and one application comes of it', async () => {
  const mine = await newProfile();
  const [own, page] = await phoneSeeing(await credentialOf(people.xiaohe), mine);
  await page.goto(`${tongban.origin}/phone/begin/item/residence-permit`);
  await atScreen(page, 'identity');
  await showCode(page);
  await fillPermit(page);
  const { lease, record } = await pagesBrought();

  const [, other] = await phoneSeeing(await offer(page), await newProfile());
  await takeByCamera(other);
  await atScreen(other, 'materials');
  await handIn(other, '住所证明', lease);
  await touch(other, say('journey:material.done'));
  await atScreen(other, 'materials');

  // Meanwhile at home: it goes on there too, another way to receive it and another picture.
  await touch(page, say('phone:handover.both'));
  await atScreen(page, 'materials');
  await handIn(page, '住所证明', record);
  await touch(page, say('journey:material.done'));
  await atScreen(page, 'materials');
  await touch(page, say('common:nav.back'));
  await atScreen(page, 'question');
  await page.getByRole('radio', { name: /邮寄/ }).check();
  await touch(page, say('phone:visit.stop'));
  await atScreen(page, 'home');
  await own.close();
  open = open.filter((one) => one !== own);

  const [, again] = await phoneSeeing(await offer(other), mine);
  await takeByCamera(again);
  await atScreen(again, 'join');
  await again.locator('.p-join img').nth(1).waitFor();
  const primary = again.getByRole('button', { name: new RegExp(`^${say('phone:join.join')}`) });
  expect(await primary.isDisabled()).toBe(true);
  for (const width of [320, 1280, 390]) {
    await again.setViewportSize({ width, height: 844 });
    expect(await tooWide(again), `${width}`).toEqual([]);
    await screenshot(again, `phone-join-${width}`);
  }
  expect(await axe(again)).toEqual([]);
  await again.getByRole('radio', { name: /邮寄/ }).check();
  await again
    .getByRole('radio', { name: /码里写着/ })
    .first()
    .check();
  await primary.click();
  await atScreen(again, 'materials');

  // One application is left, with what was chosen and the pictures of both.
  await again.goto(`${tongban.origin}/phone/`);
  await atScreen(again, 'home');
  const rows = again.getByRole('link', { name: /居住证申领/ });
  await expect.poll(() => rows.count()).toBe(1);
  await rows.click();
  await atScreen(again, 'materials');
  await again
    .getByText(say('journey:materials.state.provided', { count: 2 }))
    .first()
    .waitFor();
  await touch(again, say('common:nav.back'));
  await atScreen(again, 'question');
  expect(await again.getByRole('radio', { name: /邮寄/ }).isChecked()).toBe(true);
});
