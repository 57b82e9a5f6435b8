import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { atScreen, type KioskInBrowser, openKiosk, touch } from './hands/kiosk.ts';
import { agree, permit, showCode } from './hands/permit.ts';
import { say, saying } from './hands/words.ts';

let tongban: Tongban;
let profile: string;
let phone: LaunchedChromium | undefined;
let kiosk: KioskInBrowser | undefined;
const films: string[] = [];

beforeAll(async () => {
  tongban = await startTongban();
  profile = await mkdtemp(join(tmpdir(), 'tongban-phone-'));
  films.push(await codeFilm(await credentialOf(people.xiaohe)));
});

afterAll(async () => {
  await kiosk?.browser.close();
  await phone?.close();
  await tongban?.stop();
  for (const film of films) await rm(dirname(film), { recursive: true, force: true });
  if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** The person's phone, on the profile that it had before. */
async function openPhone(): Promise<Page> {
  phone = await launchChromium({
    profile,
    ...(films[0] !== undefined && { fakeCapture: films[0] }),
    context: {
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  });
  phone.context.setDefaultTimeout(60_000);
  return phone.context.pages()[0] ?? (await phone.context.newPage());
}

test('what was saved is there after the browser was killed', async () => {
  const page = await openPhone();
  await page.goto(`${tongban.origin}/phone/begin/item/residence-permit`);
  await atScreen(page, 'identity');
  await showCode(page);
  await agree(page);
  await page.getByRole('heading', { level: 1, name: '请核对您的基本情况' }).waitFor();
  await phone?.kill();

  const again = await openPhone();
  await again.goto(`${tongban.origin}/phone/`);
  await atScreen(again, 'home');
  const row = again.getByRole('link', { name: new RegExp(permit.item) });
  await row.waitFor();
  await screenshot(again, 'phone-unfinished');
  expect(await axe(again)).toEqual([]);
  await row.click();
  await atScreen(again, 'question');
  await again.getByText(people.xiaohe.name).first().waitFor();
});

test('(d) a draft begun on the phone goes on at the kiosk', async () => {
  const page = phone?.context.pages()[0];
  if (page === undefined) throw new Error('The phone is not open.');
  await touch(page, say('phone:visit.kiosk'));
  await atScreen(page, 'hand-over');
  await touch(page, say('phone:handover.show'));
  const code = await codeOn(page);
  expect(code).toMatch(/^TBH1:/);
  await screenshot(page, 'phone-hand-over');
  expect(await axe(page)).toEqual([]);

  const film = await codeFilm(code);
  films.push(film);
  kiosk = await openKiosk(tongban.origin, { film });
  // The second reader comes from where the page comes from, and its policy lets it run.
  const second = kiosk.page.waitForResponse(/\/zxing_reader[^/]*\.wasm$/);
  const complained: string[] = [];
  kiosk.page.on('console', (line) => {
    if (line.text().includes('second reader')) complained.push(line.text());
  });
  await touch(kiosk.page, new RegExp(`^${saying('kiosk:door.resume.name')}`));
  expect(new URL((await second).url()).origin).toBe(tongban.origin);
  expect((await second).status()).toBe(200);
  await atScreen(kiosk.page, 'question');
  await kiosk.page.getByText(people.xiaohe.name).first().waitFor();
  await screenshot(kiosk.page, 'kiosk-taken-over');
  expect(complained).toEqual([]);

  await page.getByRole('heading', { name: say('phone:handover.heading.taken') }).waitFor();
  await screenshot(page, 'phone-taken');
  await touch(page, say('phone:handover.end'));
  await atScreen(page, 'home');
  await page.getByText(say('phone:home.nothing')).waitFor();
});

test('what was begun at the kiosk goes on at a window, with help that is named', async () => {
  if (kiosk === undefined) throw new Error('The kiosk is not open.');
  const { page } = kiosk;
  await touch(page, say('common:nav.help'));
  await touch(page, new RegExp(`^${say('kiosk:help.give')}`));
  await atScreen(page, 'hand-over');
  const code = await codeOn(page);

  const counter = await launchChromium({
    context: {
      viewport: { width: 1920, height: 1080 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  });
  try {
    counter.context.setDefaultTimeout(30_000);
    const window3 = counter.context.pages()[0] ?? (await counter.context.newPage());
    await window3.goto(`${tongban.origin}/counter/`);
    await window3.getByLabel(say('staff:signIn.account')).fill('window3');
    await window3.getByLabel(say('staff:signIn.password')).fill('demo');
    await window3.keyboard.press('Enter');
    await atScreen(window3, 'counter');
    await window3.keyboard.press('f');
    const field = window3.getByRole('combobox');
    // A scanner types what it reads and ends with Enter.
    await field.fill(`TBH1:${'A'.repeat(22)}.${'A'.repeat(43)}`);
    await window3.getByText(say('staff:filing.takeOverNote')).waitFor();
    await screenshot(window3, 'counter-take-over');
    expect(await axe(window3)).toEqual([]);
    await field.press('Enter');
    await window3.getByText(say('fault:handover.unknown-code')).waitFor();
    await field.fill(code);
    await field.press('Enter');
    await atScreen(window3, 'filing');
    const filing = window3.locator('[data-screen=filing]');
    await filing.getByText(people.xiaohe.name).first().waitFor();
    await filing.getByText(/^帮办：/).waitFor();
  } finally {
    await counter.close();
  }
  await page.getByRole('heading', { name: say('kiosk:give.heading.taken') }).waitFor();
  await page
    .getByRole('main')
    .getByRole('button', { name: say('kiosk:give.end') })
    .click();
  await atScreen(page, 'home');
});
