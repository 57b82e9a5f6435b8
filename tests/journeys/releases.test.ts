import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import english from '../../packages/ui/locales/en/phone.json' with { type: 'json' };
import {
  axe,
  type LaunchedChromium,
  launchChromium,
  people,
  screenshot,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { atScreen, openKiosk, touch } from './hands/kiosk.ts';
import { tooWide } from './hands/looking.ts';
import { type OtherRelease, startOtherRelease } from './hands/otherRelease.ts';
import { appKept, beginPermit, openPhone, type PhoneInBrowser } from './hands/phone.ts';
import { hall, looked, signIn } from './hands/staff.ts';
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
  // A window that goes away in the middle of its loading can hold the worker that loads it, and with it the next one.
  await atScreen(page, 'home');
  await home.getByRole('heading', { name: say('phone:settings.heading') }).waitFor();
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

/** From now on the app's scripts are those of a later release: they write format 2, and what they wrote before they read. */
async function laterRelease({ context }: LaunchedChromium): Promise<() => number> {
  let altered = 0;
  await context.route('**/assets/*.js', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const body = script.replace('{steps:[],writes:1}', '{steps:[{up:x=>x,down:x=>x}],writes:2}');
    if (body !== script) altered += 1;
    // Else the browser shows it again where the present release is asked for.
    const headers = { ...response.headers(), 'cache-control': 'no-store' };
    await route.fulfill({ response, body, headers });
  });
  return () => altered;
}

test('[V8] a phone that went back too far keeps the application of the newer release, and says so', async () => {
  const small = await launchChromium({
    // A worker would answer in the place of the server whose scripts are changed here.
    context: { viewport: { width: 320, height: 720 }, locale: 'zh-CN', serviceWorkers: 'block' },
  });
  const { context } = small;
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const altered = await laterRelease(small);
  await beginPermit(page, tongban.origin);
  expect(altered()).toBe(1);
  await page.goto(`${tongban.origin}/phone/`);
  const begun = page.locator(`a[href*="/phone/visit/"]`);
  await begun.waitFor();

  await context.unrouteAll();
  for (const words of [
    say('phone:home.newer', { count: 1 }),
    // At the next start: what the first had tidied away would be gone by now.
    english.home.newer_one.replace('{{count}}', '1'),
  ]) {
    await page.goto(`${tongban.origin}/phone/`);
    await page.getByText(words).waitFor();
    expect(await begun.count()).toBe(0);
    expect(await tooWide(page)).toEqual([]);
    expect(await axe(page)).toEqual([]);
    await screenshot(page, `phone-newer-${words.startsWith('1') ? 'en' : 'zh-CN'}`);
    await page.goto(`${tongban.origin}/phone/settings`);
    await page.getByRole('radio', { name: 'English' }).click();
    await page.getByRole('heading', { name: english.settings.heading }).waitFor();
  }

  await laterRelease(small);
  await page.goto(`${tongban.origin}/phone/`);
  await begun.waitFor();
  await small.close();
});

test('[V10] a phone, a kiosk and a counter that the centre no longer understands say so', async () => {
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

  const counter = await launchChromium({ context: hall(1440, 900) });
  const window3 = await signIn(counter.context, `${way.origin}/counter/`, 'window3');
  await window3.getByRole('button', { name: say('terminal:need.old-app') }).waitFor();
  await looked(window3, 'counter-too-old');
  await counter.close();
});
