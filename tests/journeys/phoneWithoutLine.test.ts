import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { spacedCaseNumber } from '@tongban/core';
import type { ActionRequest } from '@tongban/sync/protocol';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import {
  codeFilm,
  credentialOf,
  type Line,
  people,
  screenshot,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { type Desk, openDesk } from './hands/desk.ts';
import { touch } from './hands/kiosk.ts';
import { handInBoth, pagesBrought, review, showCode, submit } from './hands/permit.ts';
import {
  appKept,
  beginPermit,
  fillPermit,
  fontKept,
  openPhone,
  type PhoneInBrowser,
} from './hands/phone.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let line: Line;
let desk: Desk;
let film: string;
let phone: PhoneInBrowser;

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  desk = await openDesk(tongban.origin, 'desk-police');
  film = await codeFilm(await credentialOf(people.xiaohe), 'phone');
  phone = await openPhone(line.origin, film);
});

afterAll(async () => {
  await phone?.browser.close();
  await desk?.browser.close();
  await line?.stop();
  await tongban?.stop();
  if (film !== undefined) await rm(dirname(film), { recursive: true, force: true });
});

beforeEach(() => {
  onTestFailed(() => screenshot(phone.page, 'phone-without-line-failed'));
});

test('with the line cut from the first answer on, the paper is read and signed on the phone; with the line back it is received', async () => {
  const { page } = phone;
  const brought = await pagesBrought();
  await appKept(page);
  await beginPermit(page, line.origin);
  await showCode(page);
  await fontKept(page);
  line.cut();

  await fillPermit(page);
  await handInBoth(page, brought);
  await review(page);
  await page.locator('canvas[data-drawn="居住证申领表 1"]').waitFor();
  await page
    .locator('.paper-window')
    .getByText('居住证申领表')
    .first()
    .waitFor({ state: 'attached' });
  await submit(page);
  await page.getByRole('heading', { name: say('journey:receipt.heading.saved') }).waitFor();
  expect(await desk.cases()).toEqual([]);

  line.restore();
  await page
    .getByRole('heading', { name: say('journey:receipt.heading.received') })
    .waitFor({ timeout: 90_000 });
  await expect.poll(async () => (await desk.cases()).length, { timeout: 90_000 }).toBe(1);
  const [row] = await desk.cases();
  await page.getByText(spacedCaseNumber(row?.receiptNumber ?? '')).waitFor();
});

test('a notice of words alone is answered on the phone in words, without a line too', async () => {
  const { page } = phone;
  const [row] = await desk.cases();
  if (row === undefined) throw new Error('The desk knows of no case');
  await ask(row.caseNumber, '请说明住处从哪天起租。');
  await page.goto(`${line.origin}/phone/`);
  const need = page.getByRole('link', { name: new RegExp(say('phone:need.answer')) });
  await need.waitFor();
  line.cut();
  await need.click();
  await touch(page, say('phone:need.answer'));
  await page.getByRole('heading', { name: say('phone:need.answer'), level: 1 }).waitFor();
  const send = page.getByRole('button', { name: say('phone:supplement.send') });
  expect(await send.isDisabled()).toBe(true);
  await page.getByLabel(say('phone:supplement.words')).fill('从今年三月起租。');
  await send.click();
  await page.getByRole('heading', { name: say('phone:supplement.sent') }).waitFor();

  line.restore();
  await expect
    .poll(async () => (await desk.detail(row.caseNumber)).replies, { timeout: 90_000 })
    .toEqual([{ at: expect.any(String), text: '从今年三月起租。' }]);
  expect((await desk.detail(row.caseNumber)).row.state).toBe('received');
});

/** Asks for something in words, as the desk's page does. */
async function ask(caseNumber: string, text: string): Promise<void> {
  const data: ActionRequest = {
    action: 'request-supplement',
    reasons: ['illegible'],
    materials: [],
    text,
    seen: 'received',
  };
  const answer = await desk.browser.context.request.post(
    `${tongban.origin}/api/v1/cases/${caseNumber}/actions`,
    { data, headers: { 'idempotency-key': `ask-${caseNumber}`, origin: tongban.origin } },
  );
  expect(answer.status()).toBe(200);
}
