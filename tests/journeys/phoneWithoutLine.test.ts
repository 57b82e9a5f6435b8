import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { type Line, screenshot, startLine, startTongban, type Tongban } from '../support/index.ts';
import { type Desk, openDesk } from './hands/desk.ts';
import { touch } from './hands/kiosk.ts';
import { handIn, pagesBrought, review, submit } from './hands/permit.ts';
import {
  appKept,
  beginPermit,
  fillPermit,
  fontKept,
  openPhone,
  type PhoneInBrowser,
} from './hands/phone.ts';
import { receiptOn } from './hands/receipt.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let line: Line;
let desk: Desk;
let phone: PhoneInBrowser;

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  desk = await openDesk(tongban.origin, 'desk-police');
  phone = await openPhone(line.origin);
});

afterAll(async () => {
  await phone?.browser.close();
  await desk?.browser.close();
  await line?.stop();
  await tongban?.stop();
});

beforeEach(() => {
  onTestFailed(() => screenshot(phone.page, 'phone-without-line-failed'));
});

test('with the line cut from the first answer on, the paper is read and signed on the phone; with the line back it is received', async () => {
  const { page } = phone;
  const brought = await pagesBrought();
  await appKept(page);
  await beginPermit(page, line.origin);
  await fontKept(page);
  line.cut();

  await fillPermit(page);
  await handIn(page, '住所证明', brought.lease);
  await touch(page, say('journey:material.done'));
  await handIn(page, '房屋租赁登记备案凭证', brought.record);
  await touch(page, say('journey:material.done'));
  await review(page);
  await page.locator('canvas[data-drawn="居住证申领表 1"]').waitFor();
  await page
    .locator('.paper-window')
    .getByText('居住证申领表')
    .first()
    .waitFor({ state: 'attached' });
  await submit(page);
  await page.getByRole('heading', { name: say('journey:receipt.heading.saved') }).waitFor();
  const receipt = await receiptOn(page);
  expect(await desk.cases()).toEqual([]);

  line.restore();
  await page.getByRole('heading', { name: say('journey:receipt.heading.received') }).waitFor();
  await expect.poll(async () => (await desk.cases()).length, { timeout: 30_000 }).toBe(1);
  expect((await desk.cases())[0]?.receiptNumber).toBe(receipt.number);
});
