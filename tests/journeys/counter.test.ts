import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyAudit } from '@tongban/routing-api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type LaunchedChromium,
  type Line,
  launchChromium,
  screenshot,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { readOffScreen } from './hands/receipt.ts';
import { hall, looked, signIn } from './hands/staff.ts';

let tongban: Tongban;
let line: Line;
let counter: LaunchedChromium;
let desk: LaunchedChromium;
let folder: string;
/** A photograph of a lease, on the disk of the window's machine. */
let photograph: string;
/** What the hand scanner reads off the walk-in's receipt. */
let receiptCode: string;

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  counter = await launchChromium({ context: hall(1920, 1080) });
  desk = await launchChromium({ context: hall(1440, 900) });
  folder = await mkdtemp(join(tmpdir(), 'tongban-counter-'));
  photograph = join(folder, 'lease.jpg');
  const paper = await desk.context.newPage();
  await paper.setContent(
    '<h1>房屋租赁合同</h1><p>承租人：丁小禾</p><p>桂子路 20 号 3 单元 501 室</p>',
  );
  await paper.screenshot({ path: photograph, type: 'jpeg', quality: 90 });
  await paper.close();
});

afterAll(async () => {
  await counter?.close();
  await desk?.close();
  await line?.stop();
  await tongban?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** The ticket is typed in, the item found by what people call it. */
async function begin(page: Page, ticket: string): Promise<void> {
  await page.keyboard.press('f');
  await page.getByLabel('取号，没有就空着').fill(ticket);
  await page.getByLabel('办什么').first().fill('居住证');
  await looked(page, 'counter-choose');
  await page.keyboard.press('Enter');
  await page.locator('[data-screen=filing]').waitFor();
}

/** Fills what the identity did not: where somebody lives, on what ground, how to be reached. */
async function fillIn(page: Page, mobile: string): Promise<void> {
  await page.getByRole('button', { name: '已向本人说明，本人同意' }).click();
  await page.getByLabel('居住街道').selectOption({ index: 1 });
  await page.getByLabel('现住址').fill('桂子路 20 号 3 单元 501 室');
  await page.getByLabel('入住日期').fill('20260301');
  await page.getByLabel('住房').selectOption({ label: '租的房子' });
  await page.getByLabel('申领依据').selectOption({ label: '在这里有稳定住所' });
  await page.getByLabel('手机号').fill(mobile);
  await page.keyboard.press('Tab');
  await page.getByLabel('领取方式').selectOption({ label: '到大厅窗口领' });
  // Answers are kept one after the other: once this one is, the materials follow from all of them.
  await page.locator('.filing-missing li', { hasText: '领取方式' }).waitFor({ state: 'detached' });
}

/** Hands in every material that is missing but the one that may come later, which is promised. */
async function handIn(page: Page): Promise<void> {
  const missing = page.locator('.filing-missing li');
  for (const name of await page.locator('.filing-materials .st-gap th').allTextContents()) {
    if (name === '房屋租赁登记备案凭证') continue;
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: new RegExp(`选文件.*${name}`) }).click();
    await (await choosing).setFiles(photograph);
    await missing.filter({ hasText: name }).waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: /^容缺，10 个工作日内补/ }).click();
  await page.getByText('可以请本人看过签名').waitFor();
}

async function sign(page: Page): Promise<void> {
  const pad = page.locator('.signbox canvas');
  const box = await pad.boundingBox();
  if (box === null) throw new Error('The pad is not on the page.');
  await page.mouse.move(box.x + 60, box.y + 90);
  await page.mouse.down();
  for (let step = 1; step <= 30; step++) {
    await page.mouse.move(box.x + 60 + step * 9, box.y + 90 + Math.sin(step / 3) * 45);
  }
  await page.mouse.up();
}

test('(c) a walk-in is filed with help, accepted with a gap, and the desk sees the promise', async () => {
  const window3 = await signIn(counter.context, `${line.origin}/counter/`, 'window3');
  await window3.locator('[data-screen=counter]').waitFor();
  await looked(window3, 'counter-empty');

  await window3.getByRole('button', { name: '离线口令' }).click();
  await window3.getByLabel('新的离线口令').fill('480271');
  await window3.getByLabel('再输一遍').fill('480271');
  await looked(window3, 'counter-pin-set');
  await window3.keyboard.press('Enter');
  await window3.getByText('设好了。').waitFor();
  await window3.keyboard.press('Escape');

  await begin(window3, 'a031');
  expect(await window3.getByText('取号 A031').count()).toBeGreaterThan(0);

  // The page keeps itself, so that screens which are loaded later are there without a line.
  await window3.evaluate(async () => void (await navigator.serviceWorker.ready));
  // From here on the line is out: filing goes on, and the list says from when it is.
  line.cut();
  await window3.getByRole('button', { name: '读卡' }).click();
  await window3.getByLabel('模拟读卡器（演示）').selectOption({ label: '丁小禾' });
  await fillIn(window3, '138');
  await window3.getByText('手机号是 11 位').waitFor();
  await looked(window3, 'counter-filing');
  await window3.getByLabel('手机号').fill('13800006620');
  await window3.keyboard.press('Tab');
  await window3.locator('.st-line', { hasText: '没连上中心' }).waitFor();
  await window3.locator('.counter-list', { hasText: '清单是' }).waitFor();

  await handIn(window3);

  // The page is loaded anew in the middle of it: only the PIN lets in, and nothing filled in is lost.
  await window3.reload();
  await window3.locator('[data-screen=pin]').waitFor();
  await window3.getByLabel('离线口令', { exact: true }).fill('111222');
  await window3.keyboard.press('Enter');
  await window3.getByText('口令不对，还可以试 4 次。').waitFor();
  await looked(window3, 'counter-pin');
  // [A8] A reload gives no try back.
  await window3.reload();
  await window3.getByLabel('离线口令', { exact: true }).fill('333444');
  await window3.keyboard.press('Enter');
  await window3.getByText('口令不对，还可以试 3 次。').waitFor();
  await window3.getByLabel('离线口令', { exact: true }).fill('480271');
  await window3.keyboard.press('Enter');
  await window3.getByRole('button', { name: /^A031 丁小禾 居住证申领 正在帮办/ }).click();
  await window3.getByText('可以请本人看过签名').waitFor();
  expect(await window3.getByLabel('手机号').inputValue()).toBe('13800006620');

  // Turned to the citizen: the real page, who helped, the line to sign on.
  await window3.keyboard.press('Control+Enter');
  await window3.locator('[data-screen=sign] [data-drawn]').waitFor();
  await window3.locator('.filing-both', { hasText: '帮办：何敏 window3' }).waitFor();
  await sign(window3);
  await looked(window3, 'counter-sign');
  await window3.keyboard.press('Control+Enter');
  await window3.locator('[data-screen=receipt]').waitFor();
  await window3.getByText('存在这台机器上了，连上中心就上报。').waitFor();
  await looked(window3, 'counter-saved');

  line.restore();
  await window3.getByText('中心收到了。').waitFor();
  await window3
    .locator('.filing-done-acts [aria-disabled=false]', { hasText: '打开这件' })
    .waitFor();
  await looked(window3, 'counter-receipt');
  const code = window3.getByRole('img', { name: '查进度用的码' });
  receiptCode = (await readOffScreen(code)) ?? '';
  expect(receiptCode).toMatch(/^TB1:/);
  await window3.keyboard.press('Enter');

  // What is missing is said, F8 says why not, F9 accepts with the gap.
  const missing = window3.locator('.counter-miss');
  await missing.getByText('房屋租赁登记备案凭证').first().waitFor();
  await missing.getByText('还差 1 样，补齐后才能选').waitFor();
  await window3.keyboard.press('F9');
  await looked(window3, 'counter-case');
  await window3.keyboard.press('Control+Enter');
  await missing.getByText(/^已容缺受理/).waitFor();
  await window3.keyboard.press('5');
  await window3.getByRole('row', { name: /帮办填表，本人签名.*window3 何敏, 丁小禾/ }).waitFor();
  await window3.getByRole('row', { name: /容缺受理.*window3 何敏/ }).waitFor();
  await looked(window3, 'counter-record');
  await window3.keyboard.press('4');
  await window3.getByText('签名有效，签后没有改动').waitFor();

  // The desk of the department that the rule chose sees the promise, its last day, and who helped.
  const police = await signIn(desk.context, `${tongban.origin}/departments/`, 'desk-police');
  await police.getByRole('heading', { name: '丁小禾，居住证申领' }).waitFor();
  await police.getByRole('row', { name: /房屋租赁登记备案凭证 容缺，.*前补 .*待补/ }).waitFor();
  await police.getByText('容缺 1 样').waitFor();
  await police.getByRole('row', { name: /帮办 何敏.*window3.*A031/ }).waitFor();
  await police.locator('.st-paper canvas[data-drawn]').waitFor();
  await police.getByText('签名有效，签后没有改动').waitFor();
  expect(
    await police
      .getByRole('button', { name: /^准予 容缺的材料补来后才能选/ })
      .getAttribute('aria-disabled'),
  ).toBe('true');
  await looked(police, 'desk-case');

  // Every line of the log follows from the one before.
  const audit = await verifyAudit({ dataFolder: tongban.dataFolder });
  expect(audit.holds).toBe(true);
});

test('a supplement is typed, the session ends, and nothing typed is lost', async () => {
  const police = desk.context.pages()[0] as Page;
  await police.keyboard.press('b');
  await police.keyboard.press('1');
  await police.getByLabel('给申请人的话').fill('请补交租房合同，房东签名的那一页。');
  await police.getByLabel('房屋租赁登记备案凭证').check();
  await desk.context.clearCookies();
  await police.keyboard.press('Control+Enter');
  await police.getByRole('heading', { name: '请再登录一次' }).waitFor();
  await looked(police, 'desk-session-ended');
  await police.getByLabel('口令').fill('demo');
  await police.keyboard.press('Enter');
  await police.getByRole('heading', { name: '请再登录一次' }).waitFor({ state: 'detached' });
  expect(await police.getByLabel('给申请人的话').inputValue()).toBe(
    '请补交租房合同，房东签名的那一页。',
  );
  await looked(police, 'desk-supplement');
  await police.keyboard.press('Control+Enter');
  await police.getByText(/^补正告知已发出/).waitFor();
  await police.getByText('停表').first().waitFor();
  await looked(police, 'desk-supplement-sent');
});

test('what a notice asked for is taken in at the counter against the receipt', async () => {
  const window3 = counter.context.pages()[0] as Page;
  await window3.locator('.counter-list').getByText('补正中').waitFor();
  await window3.keyboard.press('F2');
  await window3.locator('[data-screen=handin]').waitFor();
  const choosing = window3.waitForEvent('filechooser');
  await window3.getByRole('button', { name: /选文件.*房屋租赁登记备案凭证/ }).click();
  await (await choosing).setFiles(photograph);
  await window3.getByText('lease.jpg').waitFor();
  await window3.getByLabel('收件凭证上的码，用扫码枪扫').fill('TB1:nothing');
  await window3.keyboard.press('Control+Enter');
  await window3.getByText('这不是收件凭证上的码').waitFor();
  await looked(window3, 'counter-handin');
  await window3.getByLabel('收件凭证上的码，用扫码枪扫').fill(receiptCode);
  await window3.keyboard.press('Control+Enter');
  await window3.locator('[data-screen=handin]').waitFor({ state: 'detached' });
  // The centre has it, the clock runs again, and nothing is missing any more.
  await window3.locator('.counter-list').getByText('补正中').waitFor({ state: 'detached' });
  await window3.locator('.counter-miss').getByText('材料齐了').first().waitFor();
  const police = desk.context.pages()[0] as Page;
  await police.getByRole('row', { name: /房屋租赁登记备案凭证 已交，1 份/ }).waitFor();
});

test('who showed no document is confirmed at the counter before anything is decided', async () => {
  const window3 = counter.context.pages()[0] as Page;
  await begin(window3, 'a032');
  // A wrong check digit is said in words, and nothing is taken down.
  await window3.getByLabel('身份证号码，或扫电子凭证码').fill('320199195511021213');
  await window3.getByLabel('姓名', { exact: true }).first().fill('丁国安');
  await window3.getByRole('button', { name: '记下身份' }).click();
  await window3.getByText('这个号码有一位不对，请对照身份证再看一遍').waitFor();
  await window3.getByLabel('身份证号码，或扫电子凭证码').fill('320199195511021212');
  await window3.getByRole('button', { name: '记下身份' }).click();
  await window3.getByRole('row', { name: /手工输入号码 本人声明，未核对/ }).waitFor();
  await window3.getByText('身份只是本人声明，交上去后要在窗口核对证件').waitFor();
  await window3.getByLabel('民族').selectOption({ label: '汉族' });
  await window3.getByLabel('户籍地址').fill('澜州市南湖区桂子路 18 号 2 栋 601 室');
  await fillIn(window3, '13800006621');
  await handIn(window3);
  await window3.keyboard.press('Control+Enter');
  await window3.locator('[data-screen=sign] [data-drawn]').waitFor();
  // Who does not draw types the name.
  await window3.getByRole('button', { name: '不方便写' }).click();
  await window3.getByLabel(/请照着打一遍姓名/).fill('丁国安');
  await looked(window3, 'counter-sign-typed');
  await window3.keyboard.press('Control+Enter');
  await window3
    .locator('.filing-done-acts [aria-disabled=false]', { hasText: '打开这件' })
    .waitFor();
  await window3.keyboard.press('Enter');

  const missing = window3.locator('.counter-miss');
  await missing.getByText('先核对身份').first().waitFor();
  await window3.keyboard.press('F9');
  await missing.locator('.counter-card-on', { hasText: '确认身份' }).waitFor();
  await missing.getByText('选本人出示的证件').waitFor();
  await window3.keyboard.press('1');
  await looked(window3, 'counter-confirm');
  await window3.keyboard.press('Control+Enter');
  await missing.getByText(/^身份已确认/).waitFor();
  await window3.keyboard.press('F9');
  await missing.locator('.counter-card-on', { hasText: '容缺受理' }).waitFor();
  await window3.keyboard.press('F10');
  await window3.keyboard.press('2');
  await looked(window3, 'counter-supplement');
  await window3.keyboard.press('Control+Enter');
  await missing.getByText(/^补正告知已发出/).waitFor();
  await window3.emulateMedia({ media: 'print' });
  await screenshot(window3, 'counter-print');
  await window3.emulateMedia({ media: null });
});

test('the pages hold at both sizes, in English and in every theme', async () => {
  const police = desk.context.pages()[0] as Page;
  const window3 = counter.context.pages()[0] as Page;
  for (const [page, name] of [
    [police, 'desk'],
    [window3, 'counter'],
  ] as const) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await looked(page, `${name}-1440`);
    await page.setViewportSize({ width: 1920, height: 1080 });
    await looked(page, `${name}-1920`);
    await page.keyboard.press('?');
    await page.getByLabel('English').check();
    await page.getByRole('heading', { name: 'All keys, and display' }).waitFor();
    await looked(page, `${name}-help-en`);
    for (const theme of ['Dark', 'High contrast on white', 'High contrast on black', 'Light']) {
      await page.getByLabel(theme, { exact: true }).check();
      await page.keyboard.press('Escape');
      await looked(page, `${name}-en-${theme.toLowerCase().replaceAll(' ', '-')}`);
      await page.keyboard.press('?');
    }
    await page.keyboard.press('Escape');
  }
  for (const [key, decision] of [
    ['b', 'supplement'],
    ['s', 'special'],
    ['r', 'deny'],
  ] as const) {
    await police.keyboard.press(key);
    await police.locator('.desk-decide').waitFor();
    await looked(police, `desk-en-${decision}`);
    await police.keyboard.press('Escape');
    await police.locator('.desk-decide').waitFor({ state: 'detached' });
  }
  await police.getByRole('button', { name: 'Sign out' }).click();
  await police.locator('[data-screen=sign-in]').waitFor();
  await looked(police, 'desk-en-sign-in');
});
