import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, people, screenshot, startTongban, type Tongban } from '../support/index.ts';
import { atScreen, openKiosk, touch } from './hands/kiosk.ts';
import { tooWide } from './hands/looking.ts';
import { type OtherRelease, startOtherRelease } from './hands/otherRelease.ts';
import { appKept, beginPermit, openPhone, type PhoneInBrowser } from './hands/phone.ts';
import { say } from './hands/words.ts';

/** The app on the phone meets other releases: of itself, and of the centre. */
let tongban: Tongban;
let way: OtherRelease;
let phone: PhoneInBrowser;

beforeAll(async () => {
  tongban = await startTongban();
  way = await startOtherRelease(tongban.origin);
  phone = await openPhone(way.origin);
  await appKept(phone.page);
  await phone.page.reload();
  await atScreen(phone.page, 'home');
});

afterAll(async () => {
  await phone?.browser.close();
  await way?.stop();
  await tongban?.stop();
});

const mark = (page: Page) => page.evaluate(() => Object.assign(window, { marked: true }));
const isMarked = (page: Page) => page.evaluate(() => 'marked' in window);
/** A page that is being replaced cannot be asked. */
const becomesNew = (page: Page) =>
  expect.poll(() => isMarked(page).catch(() => true), { timeout: 30_000 }).toBe(false);

/** A browser under test shows all its windows at once; so the test says which of them somebody sees. */
async function look(page: Page, seen: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    seen ? 'visible' : 'hidden',
  );
}

const quietLocks = ['tongban-phone-busy', 'tongban-phone-seen'];
const inTheWay = (page: Page) =>
  page.evaluate(async (names) => {
    const { held } = await navigator.locks.query();
    return (held ?? []).flatMap(({ name = '' }) => (names.includes(name) ? [name] : []));
  }, quietLocks);

async function bringNewVersion(page: Page): Promise<void> {
  way.newPages();
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state), {
      timeout: 30_000,
    })
    .toBe('installed');
}

test('[V9] a new version of the phone’s app comes when nobody looks and nothing is being filled in', async () => {
  const { page } = phone;
  await beginPermit(page, way.origin);
  await touch(page, new RegExp(`^${say('journey:identity.number')}`));
  const name = page.getByLabel(say('journey:identity.name'));
  await name.fill(people.xiaohe.name);
  const home = await phone.browser.context.newPage();
  await home.goto(`${way.origin}/phone/`);
  await atScreen(home, 'home');
  for (const each of [page, home]) await mark(each);
  await bringNewVersion(home);

  // Somebody is in the middle of something: not even when both windows are put away.
  await look(home, false);
  await look(page, false);
  await home.goto(`${way.origin}/phone/settings`);
  await home.getByRole('heading', { name: say('phone:settings.newVersion') }).waitFor();
  await mark(home);
  await home.getByRole('button', { name: say('phone:settings.newVersionNow') }).click();
  await home.getByRole('alert').getByText(say('phone:settings.newVersionElsewhere')).waitFor();
  expect(await tooWide(home)).toEqual([]);
  expect(await axe(home)).toEqual([]);
  await screenshot(home, 'phone-new-version-elsewhere');
  expect([await isMarked(page), await isMarked(home)]).toEqual([true, true]);
  expect(await name.inputValue()).toBe(people.xiaohe.name);

  // It is put aside. While somebody still sees the other window nothing moves; once nobody does, both are new.
  await page.goto(`${way.origin}/phone/`);
  await atScreen(page, 'home');
  await mark(page);
  await look(page, false);
  await expect.poll(() => inTheWay(home)).toEqual(['tongban-phone-seen']);
  expect([await isMarked(page), await isMarked(home)]).toEqual([true, true]);
  await look(home, false);
  await becomesNew(page);
  await becomesNew(home);
  expect(
    await home.evaluate(async () => (await navigator.serviceWorker.ready).waiting === null),
  ).toBe(true);
  await home.close();
});

test('[V9] whoever wants the new version at once has it, where nothing is under way', async () => {
  const { page } = phone;
  await page.goto(`${way.origin}/phone/settings`);
  await bringNewVersion(page);
  await mark(page);
  await page.getByRole('button', { name: say('phone:settings.newVersionNow') }).click();
  await becomesNew(page);
  await page.getByRole('heading', { name: say('phone:settings.heading') }).waitFor();
});

test('[V10] a phone and a kiosk that the centre no longer understands say so', async () => {
  way.oldestProtocol(99);
  const { page } = phone;
  await page.goto(`${way.origin}/phone/`);
  await page.getByText(say('phone:line.tooOld')).waitFor();
  expect(await tooWide(page)).toEqual([]);
  await screenshot(page, 'phone-too-old');
  const kiosk = await openKiosk(way.origin);
  await kiosk.page.getByText(say('common:line.tooOld')).waitFor();
  expect(await tooWide(kiosk.page)).toEqual([]);
  expect(await axe(kiosk.page)).toEqual([]);
  await screenshot(kiosk.page, 'kiosk-too-old');
  await kiosk.browser.close();
});
