import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyAudit } from '@tongban/routing-api';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  axe,
  type LaunchedChromium,
  type Line,
  launchChromium,
  screenshot,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';

let tongban: Tongban;
let line: Line;
let counter: LaunchedChromium;
let desk: LaunchedChromium;
let folder: string;
/** A photograph of a lease, on the disk of the window's machine. */
let photograph: string;

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

const hall = (width: number, height: number) => ({
  viewport: { width, height },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
});

async function signIn(context: BrowserContext, address: string, account: string): Promise<Page> {
  context.setDefaultTimeout(15_000);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address);
  await page.getByLabel('工号').fill(account);
  await page.getByLabel('口令').fill('demo');
  await page.keyboard.press('Enter');
  return page;
}

/** Looks at the screen: keeps its picture, and asks axe in both languages. */
async function looked(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await axe(page), name).toEqual([]);
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

  // The ticket is typed in, the item found by what people call it.
  await window3.keyboard.press('f');
  await window3.getByLabel('取号，没有就空着').fill('a031');
  await window3.getByLabel('办什么').first().fill('居住证');
  await looked(window3, 'counter-choose');
  await window3.keyboard.press('Enter');
  await window3.locator('[data-screen=filing]').waitFor();
  expect(await window3.getByText('取号 A031').count()).toBeGreaterThan(0);

  // From here on the line is out: filing goes on, and the list says from when it is.
  line.cut();
  await window3.getByRole('button', { name: '读卡' }).click();
  await window3.getByLabel('模拟读卡器（演示）').selectOption({ label: '丁小禾' });
  await window3.getByRole('button', { name: '已向本人说明，本人同意' }).click();
  await window3.getByLabel('居住街道').selectOption({ index: 1 });
  await window3.getByLabel('现住址').fill('桂子路 20 号 3 单元 501 室');
  await window3.getByLabel('入住日期').fill('20260301');
  await window3.getByLabel('住房').selectOption({ label: '租的房子' });
  await window3.getByLabel('申领依据').selectOption({ label: '在这里有稳定住所' });
  await window3.getByLabel('手机号').fill('138');
  await window3.keyboard.press('Tab');
  await window3.getByLabel('领取方式').selectOption({ index: 1 });
  await window3.getByText('手机号是 11 位').waitFor();
  await looked(window3, 'counter-filing');
  await window3.getByLabel('手机号').fill('13800006620');
  await window3.keyboard.press('Tab');
  await window3.locator('.st-line', { hasText: '没连上中心' }).waitFor();
  await window3.locator('.counter-list', { hasText: '清单是' }).waitFor();

  for (const name of await window3.locator('.filing-missing li').allTextContents()) {
    if (name === '房屋租赁登记备案凭证') continue;
    const choosing = window3.waitForEvent('filechooser');
    await window3.getByRole('button', { name: new RegExp(`选文件.*${name}`) }).click();
    await (await choosing).setFiles(photograph);
    await window3.locator('.filing-missing li', { hasText: name }).waitFor({ state: 'detached' });
  }
  await window3.getByRole('button', { name: /^容缺，10 个工作日内补/ }).click();
  await window3.getByText('可以请本人看过签名').waitFor();

  // Turned to the citizen: the real page, who helped, the line to sign on.
  await window3.keyboard.press('Control+Enter');
  await window3.locator('[data-screen=sign] canvas[data-drawn]').waitFor();
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

test('the pages hold in English and in every theme', async () => {
  const police = desk.context.pages()[0] as Page;
  const window3 = counter.context.pages()[0] as Page;
  for (const [page, name] of [
    [police, 'desk'],
    [window3, 'counter'],
  ] as const) {
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
});
