import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ActionRequest } from '@tongban/sync/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
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
import { type Desk, openDesk } from './hands/desk.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import { answerNewborn, identifyAndAgree, newbornPages } from './hands/newborn.ts';
import { handIn, review, submit } from './hands/permit.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let phone: LaunchedChromium;
let page: Page;
let film: string;
const desks = new Map<string, Desk>();

beforeAll(async () => {
  tongban = await startTongban();
  film = await codeFilm(await credentialOf(people.xiaohe), 'phone');
  phone = await launchChromium({
    fakeCapture: film,
    context: {
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  });
  phone.context.setDefaultTimeout(30_000);
  page = phone.context.pages()[0] ?? (await phone.context.newPage());
  for (const account of [
    'desk-health',
    'desk-police',
    'desk-insurance',
    'desk-hr',
    'desk-market',
  ]) {
    desks.set(account, await openDesk(tongban.origin, account));
  }
});

afterAll(async () => {
  for (const desk of desks.values()) await desk.browser.close();
  await phone?.close();
  await tongban?.stop();
  if (film !== undefined) await rm(dirname(film), { recursive: true, force: true });
});

beforeEach(() => {
  onTestFailed(() => screenshot(page, 'phone-failed'));
});

/** The items that a desk knows of, with their states. */
async function seenBy(account: string): Promise<Record<string, string>> {
  const rows = (await desks.get(account)?.cases()) ?? [];
  return Object.fromEntries(rows.map((row) => [row.item, row.state]));
}

/** Decides as the desk's page does, on what the desk sees now. */
async function act(
  account: string,
  item: string,
  action: ActionRequest['action'],
  more: Partial<ActionRequest> = {},
): Promise<void> {
  const desk = desks.get(account);
  const row = (await desk?.cases())?.find((one) => one.item === item);
  if (desk === undefined || row === undefined) throw new Error(`${account} has no ${item}`);
  const data: ActionRequest = {
    action,
    reasons: [],
    materials: [],
    text: '',
    seen: row.state,
    ...more,
  };
  const answer = await desk.browser.context.request.post(
    `${tongban.origin}/api/v1/cases/${row.caseNumber}/actions`,
    { data, headers: { 'idempotency-key': `${row.caseNumber}-${action}`, origin: tongban.origin } },
  );
  if (!answer.ok())
    throw new Error(`${action} on ${item}: ${answer.status()} ${await answer.text()}`);
}

test('(b) a newborn’s five items are applied for on the phone with photographs', async () => {
  await page.goto(`${tongban.origin}/phone/`);
  await atScreen(page, 'home');
  await screenshot(page, 'phone-empty');
  expect(await axe(page)).toEqual([]);
  await page.goto(`${tongban.origin}/phone/begin/bundle/newborn`);
  await atScreen(page, 'identity');
  await screenshot(page, 'phone-identity');
  await identifyAndAgree(page);
  await answerNewborn(page);
  await screenshot(page, 'phone-materials');
  const pages = await newbornPages();
  await handIn(page, '出生医学信息页', pages.birth);
  await touch(page, say('journey:material.done'));
  await handIn(page, '父亲身份证', pages.father);
  await touch(page, say('journey:material.done'));
  await atScreen(page, 'materials');
  await screenshot(page, 'phone-materials');
  await review(page);
  await submit(page);
  await page.getByRole('heading', { name: say('journey:receipt.heading.received') }).waitFor();
  await screenshot(page, 'phone-receipt');
  expect(await axe(page)).toEqual([]);
});

test('each desk sees its own items and nothing else, in the order they depend on each other', async () => {
  await expect
    .poll(() => seenBy('desk-health'), { timeout: 30_000 })
    .toEqual({
      'birth-certificate': 'received',
      'vaccination-certificate': 'waiting',
    });
  expect(await seenBy('desk-police')).toEqual({ 'household-registration': 'waiting' });
  expect(await seenBy('desk-insurance')).toEqual({ 'medical-insurance': 'waiting' });
  expect(await seenBy('desk-hr')).toEqual({ 'social-security-card': 'waiting' });
  expect(await seenBy('desk-market')).toEqual({});

  const hr = desks.get('desk-hr');
  const [card] = (await hr?.cases()) ?? [];
  const detail = await hr?.detail(card?.caseNumber ?? '');
  const fields = detail?.answers.map((answer) => answer.field) ?? [];
  expect(fields).toContain('account.card');
  expect(fields).not.toContain('father.residentId');
  expect(fields).not.toContain('birth.pageNumber');
});

test('an item starts when the one before it is granted, and a supplement is asked for and answered', async () => {
  await act('desk-health', 'birth-certificate', 'accept');
  await act('desk-health', 'birth-certificate', 'grant');
  await expect.poll(() => seenBy('desk-police')).toEqual({ 'household-registration': 'received' });
  expect(await seenBy('desk-insurance')).toEqual({ 'medical-insurance': 'waiting' });

  await act('desk-police', 'household-registration', 'request-supplement', {
    reasons: ['illegible'],
    materials: ['father-id'],
    text: '身份证背面反光，看不清有效期。',
  });
  await page.goto(`${tongban.origin}/phone/`);
  const need = page.getByRole('link', { name: /补交父亲身份证/ });
  await need.waitFor();
  await screenshot(page, 'phone-home');
  expect(await axe(page)).toEqual([]);
  await need.click();
  await page.getByRole('heading', { name: say('phone:timeline.heading') }).waitFor();
  await page
    .getByText(/照片看不清/)
    .first()
    .waitFor();
  await screenshot(page, 'phone-case');
  expect(await axe(page)).toEqual([]);

  await page
    .getByRole('link', { name: /补交父亲身份证/ })
    .or(page.getByRole('button', { name: /补交父亲身份证/ }))
    .last()
    .click();
  await page.getByRole('heading', { name: say('phone:supplement.heading') }).waitFor();
  const choosing = page.waitForEvent('filechooser');
  await touch(page, say('phone:supplement.file'));
  const { father } = await newbornPages();
  await (await choosing).setFiles({ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: father });
  await page.locator('.p-files img').waitFor();
  await screenshot(page, 'phone-supplement');
  expect(await axe(page)).toEqual([]);
  await touch(page, say('phone:supplement.send'));
  await page.getByRole('heading', { name: say('phone:supplement.sent') }).waitFor();

  await expect
    .poll(() => seenBy('desk-police'), { timeout: 30_000 })
    .toEqual({ 'household-registration': 'received' });
  await act('desk-police', 'household-registration', 'accept');
  await act('desk-police', 'household-registration', 'grant');
  await expect.poll(() => seenBy('desk-insurance')).toEqual({ 'medical-insurance': 'received' });
  await expect.poll(() => seenBy('desk-hr')).toEqual({ 'social-security-card': 'received' });
});

test('the phone opens without a line, with what was last known and when', async () => {
  await page.goto(`${tongban.origin}/phone/`);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await page.getByText('新生儿出生').first().waitFor();
  await phone.context.setOffline(true);
  await page.goto(`${tongban.origin}/phone/ask`);
  await page.getByRole('heading', { name: say('phone:ask.heading') }).waitFor();
  await page.goto(`${tongban.origin}/phone/`);
  await page.getByText('新生儿出生').first().waitFor();
  await screenshot(page, 'phone-offline');
  await phone.context.setOffline(false);
});
