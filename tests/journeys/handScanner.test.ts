import type { Receipt } from '@tongban/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  axe,
  credentialOf,
  type LaunchedChromium,
  launchChromium,
  people,
  screenshot,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { scanAsKeys } from './hands/handScanner.ts';
import { atScreen, endVisit, type KioskInBrowser, openKiosk, touch } from './hands/kiosk.ts';
import {
  agree,
  answer,
  choosePermit,
  handInBoth,
  pagesBrought,
  review,
  submit,
} from './hands/permit.ts';
import { readOffScreen, receiptOn } from './hands/receipt.ts';
import { hall, signIn } from './hands/staff.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let kiosk: KioskInBrowser;
let counter: LaunchedChromium;
let identity: string;
let receipt: Receipt;

beforeAll(async () => {
  tongban = await startTongban();
  kiosk = await openKiosk(tongban.origin, { panel: true });
  counter = await launchChromium({ context: hall(1920, 1080) });
  identity = await credentialOf(people.xiaohe);
});
afterAll(async () => {
  await kiosk?.browser.close();
  await counter?.close();
  await tongban?.stop();
});

/** Of the length and the letters of one; of no other use. */
const receiptLike = `TB1:${'eyJhbGciOi-_'.repeat(9)}.e30.${'c2ln'.repeat(9)}`;
const note = (page: Page) => page.locator('.hand-scan-note');
/** The serial line of the simulated scanner. */
async function scanBySerial(page: Page, text: string): Promise<void> {
  await page.getByLabel('Code to scan').fill(text);
  await page.getByRole('button', { name: 'Scan over the serial line' }).click();
}

test('at a kiosk a code says who somebody is, wherever that is awaited', async () => {
  const { page } = kiosk;
  await scanAsKeys(page, identity);
  await atScreen(page, 'choose');
  await page.getByText(say('journey:path.hello', { name: people.xiaohe.name })).waitFor();
  // What is not awaited on this screen is said, and not a letter of it goes into the field in use.
  await page.getByRole('tab', { name: say('kiosk:choose.way.search') }).click();
  const field = page.getByRole('searchbox');
  await field.fill('居住');
  await scanAsKeys(page, receiptLike, { inputMethod: true });
  await note(page).getByText(say('fault:handScan.not-awaited')).waitFor();
  expect(await field.inputValue()).toBe('居住');
  expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
  await screenshot(page, 'kiosk-scan-not-awaited');
  expect(await axe(page)).toEqual([]);
  await touch(page, say('common:nav.back'));
  await atScreen(page, 'home');

  await choosePermit(page);
  await scanBySerial(page, 'https://example.org/pasted-over');
  await note(page).getByText(say('fault:code.web-address')).waitFor();
  await scanAsKeys(page, 'TBH1:bG9j.a2V5', { pace: 35 });
  await note(page).getByText(say('fault:code.handover')).waitFor();
  expect(new URL(page.url()).origin).toBe(tongban.origin);
  expect(page.context().pages()).toHaveLength(1);
  await touch(page, new RegExp(`^${say('journey:identity.code')}`));
  await atScreen(page, 'identity-code');
  await scanAsKeys(page, identity);
  await atScreen(page, 'notice');
  await agree(page);
});

test('the receipt, scanned at the home, asks for its progress; a page that types its number takes it, too', async () => {
  const { page } = kiosk;
  await answer(page);
  await handInBoth(page, await pagesBrought());
  await review(page);
  await submit(page);
  receipt = await receiptOn(page);
  await endVisit(page);

  await scanAsKeys(page, receipt.code);
  await atScreen(page, 'progress');
  await endVisit(page);
  await touch(page, new RegExp(`^${say('kiosk:door.ask.name')}`));
  await atScreen(page, 'ask');
  await scanBySerial(page, identity);
  await note(page).getByText(say('kiosk:ask.notReceipt')).waitFor();
  await touch(page, say('kiosk:ask.type'));
  await atScreen(page, 'ask-number');
  await scanAsKeys(page, receipt.code, { inputMethod: true });
  await atScreen(page, 'progress');
  await endVisit(page);
});

test('at a counter a code opens the case, takes over what was begun, and goes into no field', async () => {
  const { page } = kiosk;
  const window3 = await signIn(counter.context, `${tongban.origin}/counter/`, 'window3');
  await atScreen(window3, 'counter');
  // The first letters of a code are keys of the counter: none of them may act.
  await scanAsKeys(window3, receipt.code);
  await window3.locator('.counter-list').getByText(say('staff:search.found')).waitFor();
  await window3.getByRole('main').getByText('丁小禾').first().waitFor();
  expect(await window3.getByRole('dialog').count()).toBe(0);
  await scanAsKeys(window3, 'https://example.org/pasted-over');
  await note(window3).getByText(say('staff:scanned.web-address')).waitFor();
  await screenshot(window3, 'counter-scan-refused');
  expect(await axe(window3)).toEqual([]);

  await window3.keyboard.press('f');
  await atScreen(window3, 'choose');
  const ticket = window3.getByLabel(say('staff:filing.ticketLabel'));
  await scanAsKeys(window3, identity, { inputMethod: true });
  await note(window3).getByText(say('staff:scanned.notHandover')).waitFor();
  expect(await ticket.inputValue()).toBe('');

  await choosePermit(page);
  await scanAsKeys(page, identity);
  await atScreen(page, 'notice');
  await agree(page);
  await touch(page, say('common:nav.help'));
  await touch(page, new RegExp(`^${say('kiosk:help.give')}`));
  await atScreen(page, 'hand-over');
  const shown = page.getByRole('img', { name: say('kiosk:give.code') });
  await shown.waitFor();
  const code = (await readOffScreen(shown)) ?? '';
  await ticket.fill('a031');
  await scanAsKeys(window3, code, { inputMethod: true });
  await atScreen(window3, 'filing');
  await window3.locator('[data-screen=filing]').getByText('取号 A031').first().waitFor();
  await scanAsKeys(window3, identity);
  await note(window3).getByText(say('staff:scanned.known')).waitFor();
  await window3.getByRole('button', { name: say('staff:filing.otherPerson') }).click();
  await window3.getByLabel(say('staff:filing.number')).focus();
  await scanAsKeys(window3, identity, { inputMethod: true });
  await window3.getByRole('button', { name: say('staff:filing.otherPerson') }).waitFor();
});
