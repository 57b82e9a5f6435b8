import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import { parseReceipt, spacedCaseNumber, spacedSecret, verifyCredential } from '@tongban/core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTongban, type Tongban } from '../support/index.ts';
import { atScreen, endVisit, type KioskInBrowser, openKiosk, touch } from './hands/kiosk.ts';
import {
  agree,
  answer,
  choosePermit,
  handIn,
  pagesBrought,
  review,
  submit,
} from './hands/permit.ts';
import { readOffScreen, receiptOn } from './hands/receipt.ts';
import { say } from './hands/words.ts';

/** The simulated reader, printer and line, as their panel moves them. */
const panel = (page: Page) => page.getByRole('complementary', { name: 'Simulated devices' });
const hand = (page: Page, name: string) => panel(page).getByRole('button', { name }).click();
const putDown = (page: Page, name: string) => hand(page, `Insert card: ${name}`);
const slips = (page: Page) => panel(page).getByRole('list', { name: 'Printed slips' });

let tongban: Tongban;
let kiosk: KioskInBrowser | undefined;

beforeAll(async () => {
  tongban = await startTongban();
});
afterEach(async () => {
  await kiosk?.browser.close();
  kiosk = undefined;
});
afterAll(async () => {
  await tongban?.stop();
});

test('whoever puts a card down and goes back to the home leaves nobody there for the next one', async () => {
  kiosk = await openKiosk(tongban.origin, { panel: true });
  const { page } = kiosk;
  await putDown(page, '丁小禾');
  await atScreen(page, 'choose');
  await page.getByText(say('journey:path.hello', { name: '丁小禾' })).waitFor();
  // The document changes: what it held in memory goes with it.
  await page.evaluate(() => Object.assign(window, { before: true }));
  await touch(page, say('common:nav.back'));
  await page.waitForFunction(() => !('before' in window));
  await atScreen(page, 'home');

  await choosePermit(page);
  expect(await page.locator('.screen').textContent()).not.toContain('丁小禾');
});

test('a card put down without a touch is a visit: left alone, it ends by the clock', async () => {
  kiosk = await openKiosk(tongban.origin, {
    panel: true,
    asksSoon: true,
    prepare: (context) => context.clock.install(),
  });
  const { page } = kiosk;
  // A card has no finger: the panel is worked without one, too.
  await panel(page)
    .getByRole('button', { name: 'Insert card: 林远舟' })
    .evaluate((button) => (button as HTMLButtonElement).click());
  await atScreen(page, 'choose');
  await page.clock.runFor(61_000);
  await page.getByRole('heading', { name: say('kiosk:idle.heading') }).waitFor();
  await page.clock.runFor(31_000);
  await atScreen(page, 'home');
});

test('a card fills in the form, and the receipt is printed once the printer can', async () => {
  kiosk = await openKiosk(tongban.origin, { panel: true });
  const { page } = kiosk;
  await choosePermit(page);
  await hand(page, 'Fail next read');
  await putDown(page, '丁小禾');
  await page.getByText(say('fault:reader.read-failed')).waitFor();
  await page.getByText(say('fault:reader.lift-card')).waitFor();
  await hand(page, 'Lift card');
  await putDown(page, '丁小禾');
  await atScreen(page, 'notice');
  await agree(page);
  const form = page.getByRole('main');
  await form.getByText('丁小禾').waitFor();
  await form.getByText(say('common:source.identityCard')).first().waitFor();

  await answer(page);
  const brought = await pagesBrought();
  for (const [name, photograph] of [
    ['住所证明', brought.lease],
    ['房屋租赁登记备案凭证', brought.record],
  ] as const) {
    await handIn(page, name, photograph);
    await touch(page, say('journey:material.done'));
  }
  await review(page);
  await submit(page);
  const receipt = await receiptOn(page);
  const printed = page.getByRole('main');

  await hand(page, 'Printer: jam');
  await touch(page, say('journey:receipt.print'));
  await atScreen(page, 'no-print');
  await headed(page, 'journey:noPrint.heading.jam');
  // On a phone, or by its number: the screen has both.
  expect(await receiptOn(page)).toEqual(receipt);
  await hand(page, 'Printer: jam');
  await hand(page, 'Printer: out-of-paper');
  await touch(page, say('journey:noPrint.again'));
  await headed(page, 'journey:noPrint.heading.out-of-paper');
  await touch(page, say('journey:noPrint.without'));
  await atScreen(page, 'receipt');

  expect(await slips(page).getByRole('listitem').count()).toBe(0);
  await hand(page, 'Printer: out-of-paper');
  await touch(page, say('journey:receipt.print'));
  await printed.getByRole('button', { name: say('journey:receipt.printAgain') }).waitFor();
  const slip = slips(page).getByRole('listitem');
  expect(await slip.count()).toBe(1);
  const lines = await slip.locator('p').allTextContents();
  expect(lines).toContain(spacedCaseNumber(receipt.number));
  expect(lines).toContain(say('journey:slip.secret', { secret: spacedSecret(receipt) }));
  expect(lines).toContain(say('journey:slip.applicant', { name: '丁*禾' }));
  expect(parseReceipt((await slip.locator('output').textContent()) ?? '')).toEqual(receipt);
  // The secret opens the public half: on a slip it is in somebody's hand, on the glass it would be in everybody's eye.
  expect(await printed.textContent()).not.toContain(receipt.secret.slice(0, 4));
  await endVisit(page);
});

test('whoever is known keeps who they are, or leaves for another service without ending', async () => {
  kiosk = await openKiosk(tongban.origin, { panel: true });
  const { page } = kiosk;
  await putDown(page, '丁小禾');
  await atScreen(page, 'choose');
  await page.getByRole('tab', { name: say('kiosk:choose.way.search') }).click();
  await page.getByRole('searchbox').fill('居住证');
  await touch(page, /^居住证申领/);
  await atScreen(page, 'notice');
  await touch(page, say('common:nav.back'));
  await atScreen(page, 'identity');
  await touch(page, say('journey:identity.keep', { name: '丁小禾' }));
  await agree(page);
  // The questions people ask stand before the beginning, and whom to call stands in the help.
  await touch(page, say('common:nav.help'));
  const help = page.getByRole('dialog', { name: say('kiosk:help.heading') });
  await help.getByText(say('kiosk:help.complaint')).waitFor();
  await touch(page, say('common:close'));

  for (const screen of ['path', 'notice', 'identity']) {
    await touch(page, say('common:nav.back'));
    await atScreen(page, screen);
  }
  await touch(page, say('common:nav.back'));
  await atScreen(page, 'choose');
  await page.getByText(say('journey:path.hello', { name: '丁小禾' })).waitFor();
});

test('an unplugged reader leaves the other ways to say who one is', async () => {
  kiosk = await openKiosk(tongban.origin, { panel: true });
  const { page } = kiosk;
  await hand(page, 'Unplug reader');
  await choosePermit(page);
  await page.getByText(say('fault:reader.no-reader')).waitFor();
  await touch(page, new RegExp(`^${say('journey:identity.number')}`));
  await atScreen(page, 'identity-number');
});

test('the panel shows a code of a made-up person that a camera can read', async () => {
  kiosk = await openKiosk(tongban.origin, { panel: true });
  const { page } = kiosk;
  await panel(page).getByText('Show code: 林远舟').click();
  const code = await readOffScreen(page.getByRole('img', { name: 'Identity code of 林远舟' }));
  const read = await verifyCredential(code ?? '', demonstrationTrust, { now: () => new Date() });
  expect(read).toMatchObject({ ok: true, value: { attributes: { name: '林远舟' } } });
});

async function headed(page: Page, key: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  await expect.poll(async () => squeezed(await heading.textContent())).toBe(squeezed(say(key)));
}

const squeezed = (text: string | null) => (text ?? '').replace(/\s/g, '');
