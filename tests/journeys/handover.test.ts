import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { luminance, scan } from '@tongban/core/scan';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
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

/** What a camera in front of the screen would read. */
async function codeOn(page: Page): Promise<string> {
  await page.locator('.qr').waitFor();
  const { data, width, height } = PNG.sync.read(await page.screenshot());
  const [found] = scan(luminance(data, width, height), { effort: 'thorough', formats: ['qr'] });
  if (found === undefined) throw new Error('The screen shows no code that can be read.');
  return found.text;
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
  await touch(kiosk.page, new RegExp(`^${saying('kiosk:door.resume.name')}`));
  await atScreen(kiosk.page, 'question');
  await kiosk.page.getByText(people.xiaohe.name).first().waitFor();
  await screenshot(kiosk.page, 'kiosk-taken-over');

  await page.getByRole('heading', { name: say('phone:handover.heading.taken') }).waitFor();
  await screenshot(page, 'phone-taken');
  await touch(page, say('phone:handover.end'));
  await atScreen(page, 'home');
  await page.getByText(say('phone:home.nothing')).waitFor();
});
