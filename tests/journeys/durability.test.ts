import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  codeFilm,
  credentialOf,
  type LaunchedChromium,
  type Line,
  launchChromium,
  people,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { askDatabase } from './hands/database.ts';
import { type Desk, openDesk } from './hands/desk.ts';
import { atScreen, firstContact, openKiosk, touch } from './hands/kiosk.ts';
import {
  agree,
  answer,
  choosePermit,
  handInBoth,
  pagesBrought,
  permit,
  review,
  showCode,
  submit,
  typeNumber,
} from './hands/permit.ts';
import { receiptOn } from './hands/receipt.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let line: Line;
let desk: Desk;
let film: string;
const profiles: string[] = [];

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  desk = await openDesk(tongban.origin, 'desk-police');
  film = await codeFilm(await credentialOf(people.xiaohe));
});

afterAll(async () => {
  await desk?.browser.close();
  await line?.stop();
  await tongban?.stop();
  for (const folder of [...profiles, ...(film === undefined ? [] : [dirname(film)])])
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function newProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'tongban-durability-'));
  profiles.push(profile);
  return profile;
}

/** What reached the centre: cases that the desk sees, and envelopes and cases that the database holds at all. */
async function atTheCentre(): Promise<Readonly<Record<'desk' | 'cases' | 'envelopes', number>>> {
  const count = async (table: 'cases' | 'envelopes') => {
    const query = `select count(*)::int as number from ${table}`;
    const [row] = await askDatabase<{ number: number }>(tongban.dataFolder, query);
    return row?.number ?? 0;
  };
  return {
    desk: (await desk.cases()).length,
    cases: await count('cases'),
    envelopes: await count('envelopes'),
  };
}

const none = { desk: 0, cases: 0, envelopes: 0 };
const once = { desk: 1, cases: 1, envelopes: 1 };

test('the power fails after “saved”, while sending, and before the answer: the centre has one case', async () => {
  const profile = await newProfile();
  const brought = await pagesBrought();
  const first = await openKiosk(line.origin, { film, profile });
  await firstContact(first.page);
  line.cut();
  await choosePermit(first.page);
  await showCode(first.page);
  await agree(first.page);
  await answer(first.page);
  await handInBoth(first.page, brought);
  await review(first.page);
  await submit(first.page);
  await first.page.getByRole('heading', { name: say('journey:receipt.heading.saved') }).waitFor();
  const receipt = await receiptOn(first.page);
  await first.browser.kill();
  expect(await atTheCentre()).toEqual(none);

  // The line is back, but slow; in the middle of a file it goes again, and the power with it.
  line.set({ kind: 'slow', delay: 20, bytesPerSecond: 60_000 });
  const uploading = Promise.withResolvers<void>();
  const second = await openKiosk(line.origin, {
    film,
    profile,
    prepare: async (context) => {
      context.on('request', (request) => {
        if (request.url().includes('/api/v1/uploads')) uploading.resolve();
      });
    },
  });
  await uploading.promise;
  line.cut();
  await second.browser.kill();
  expect(await atTheCentre()).toEqual(none);

  // The centre takes the envelope, and its answer is lost; so is the power.
  line.restore();
  const third = await openKiosk(line.origin, {
    film,
    profile,
    prepare: (context) =>
      context.route('**/api/v1/envelopes', (route) => {
        line.set({ kind: 'deaf' });
        return route.continue();
      }),
  });
  await expect.poll(atTheCentre, { timeout: 60_000 }).toEqual(once);
  await third.browser.kill();

  line.restore();
  const answered = Promise.withResolvers<unknown>();
  const last = await openKiosk(line.origin, {
    film,
    profile,
    prepare: async (context) => {
      context.on('response', (response) => {
        if (response.url().endsWith('/api/v1/envelopes')) answered.resolve(response.json());
      });
    },
  });
  expect(await answered.promise).toMatchObject({
    verdicts: [{ verdict: 'received', duplicate: true }],
  });
  await last.page.getByText(say('common:line.connected'), { exact: true }).waitFor();
  expect(await atTheCentre()).toEqual(once);
  expect((await desk.cases())[0]?.receiptNumber).toBe(receipt.number);
  await last.browser.close();
});

test('on a phone the power fails after an answer was saved: without a line it opens where it was left', async () => {
  const profile = await newProfile();
  const before = await openPhone(profile);
  const { page } = before;
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.goto(`${line.origin}/phone/begin/item/residence-permit`);
  await atScreen(page, 'identity');
  await typeNumber(page, people.xiaohe.name, people.xiaohe.residentId);
  await agree(page);
  await page.getByRole('heading', { name: '请核对您的基本情况', level: 1 }).waitFor();
  await next(page, '您的户口在哪里？');
  // The name and the number say nothing of where somebody is registered.
  await page.getByRole('radio', { name: '汉族', exact: true }).check();
  await page.getByLabel('户籍地址').fill(people.xiaohe.address);
  await next(page, '您现在住在哪里？');
  await page.getByRole('radio', { name: permit.street }).check();
  await page.getByLabel('现住址').fill(permit.address);
  await next(page, '从哪天起住在这里？');
  await before.browser.kill();

  line.cut();
  const after = await openPhone(profile);
  const again = after.page;
  await again.getByRole('link', { name: permit.item }).click();
  await again.getByRole('heading', { name: '从哪天起住在这里？', level: 1 }).waitFor();
  await again.getByRole('button', { name: say('common:nav.back') }).click();
  await again.getByRole('heading', { name: '您现在住在哪里？', level: 1 }).waitFor();
  expect(await again.getByLabel('现住址').inputValue()).toBe(permit.address);
  expect(await again.getByRole('radio', { name: permit.street }).isChecked()).toBe(true);
  await after.browser.close();
});

async function openPhone(profile: string): Promise<{ browser: LaunchedChromium; page: Page }> {
  const browser = await launchChromium({
    profile,
    context: {
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  });
  browser.context.setDefaultTimeout(30_000);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  await page.goto(`${line.origin}/phone/`);
  await atScreen(page, 'home');
  return { browser, page };
}

/** Goes on to the question that is asked next. */
async function next(page: Page, question: string): Promise<void> {
  await touch(page, new RegExp(`^${say('journey:question.next')}`));
  await page.getByRole('heading', { name: question, level: 1 }).waitFor();
}
