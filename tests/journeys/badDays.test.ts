import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import {
  type Line,
  people,
  screenshot,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { type Desk, openDesk } from './hands/desk.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import { handIn, pagesBrought, review, submit, typeNumber } from './hands/permit.ts';
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
let phone: PhoneInBrowser;
let page: Page;

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  desk = await openDesk(tongban.origin, 'desk-police');
  phone = await openPhone(line.origin);
  page = phone.page;
  await appKept(page);
});

afterAll(async () => {
  await phone?.browser.close();
  await desk?.browser.close();
  await line?.stop();
  await tongban?.stop();
});

beforeEach(() => {
  onTestFailed(() => screenshot(page, 'bad-days-failed'));
});

test('a network that wants a sign-in, and one that never answers, are no connection; what was filled in stays', async () => {
  await beginPermit(page, line.origin);
  await fontKept(page);
  line.set({ kind: 'portal' });
  await page.getByText(say('phone:line.notTheCentre')).waitFor({ timeout: 90_000 });
  await typeNumber(page, people.xiaohe.name, people.xiaohe.residentId);
  await fillPermit(page);
  line.set({ kind: 'silent' });
  await page.getByText(say('phone:line.cut')).waitFor({ timeout: 90_000 });
  await page.reload();
  await atScreen(page, 'materials');
});

test('a file that is too large, of a wrong kind or torn says so in a sentence, and the next one is taken', async () => {
  const { lease } = await pagesBrought();
  await touch(page, new RegExp(`^${say('journey:materials.take', { name: '住所证明' })}`));
  await atScreen(page, 'material');
  const tooLarge = Buffer.alloc(10 * 1024 * 1024 + 1, ' ');
  tooLarge.write('%PDF-1.7\n');
  await choose('scan.pdf', 'application/pdf', tooLarge);
  await told('fault:attach.too-large');
  await choose(
    'notes.docx',
    'application/octet-stream',
    Buffer.from('PK\u0003\u0004 no photograph'),
  );
  await told('fault:attach.wrong-kind');
  await choose('IMG_1.jpg', 'image/jpeg', lease.subarray(0, lease.length / 3));
  await told('fault:attach.torn');
  await choose('IMG_1.jpg', 'image/jpeg', lease);
  await touch(page, say('journey:material.use'));
  await touch(page, say('journey:material.done'));
  await atScreen(page, 'materials');
});

test('a full disk says so and keeps what was kept; with room again the file is taken', async () => {
  const { record } = await pagesBrought();
  await fillDisk();
  await handIn(page, '房屋租赁登记备案凭证', record);
  await told('fault:own.attach.quota-exceeded');
  await makeRoom();
  await touch(page, say('journey:material.use'));
  await touch(page, say('journey:material.done'));
  await atScreen(page, 'materials');
});

test('a clock that is a day wrong still hands in', async () => {
  line.restore();
  await page.addInitScript(() => {
    const day = 24 * 60 * 60_000;
    const right = Date;
    const now = () => right.now() + day;
    const wrong = new Proxy(right, {
      construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now()] : given),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    });
    Object.assign(globalThis, { Date: wrong });
  });
  await page.reload();
  await atScreen(page, 'materials');
  await review(page);
  await submit(page);
  await page
    .getByRole('heading', { name: say('journey:receipt.heading.received') })
    .waitFor({ timeout: 90_000 });
  await expect.poll(async () => (await desk.cases()).length, { timeout: 90_000 }).toBe(1);
});

/** Chooses a file for the material that is asked for. */
async function choose(name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: say('journey:material.file') }).click();
  await (await choosing).setFiles({ name, mimeType, buffer });
}

async function told(key: string): Promise<void> {
  await page
    .getByRole('alert')
    .filter({ hasText: say(key) })
    .waitFor();
}

/**
 * Gives this origin little room and fills it up, as other pages of it would: a browser looks how much is left only now
 * and then, so that a small room alone would be noticed late.
 */
async function fillDisk(): Promise<void> {
  const devtools = await phone.browser.context.newCDPSession(page);
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const quotaSize = usage + 4_000_000;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: line.origin, quotaSize });
  await page.evaluate(async () => {
    const ballast = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('ballast');
      opening.onupgradeneeded = () => opening.result.createObjectStore('stones');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const put = (size: number, key: number) =>
      new Promise<boolean>((resolve) => {
        const writing = ballast.transaction('stones', 'readwrite', { durability: 'strict' });
        writing.objectStore('stones').put(crypto.getRandomValues(new Uint8Array(size)), key);
        writing.oncomplete = () => resolve(true);
        writing.onabort = () => resolve(false);
      });
    let key = 0;
    for (const size of [65_536, 8_192]) while (await put(size, key)) key += 1;
    ballast.close();
  });
}

async function makeRoom(): Promise<void> {
  const devtools = await phone.browser.context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: line.origin });
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('ballast');
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error);
      }),
  );
}
