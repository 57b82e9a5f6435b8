import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import {
  type LaunchedChromium,
  launchChromium,
  launchElectron,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { looked } from './hands/staff.ts';
import { say } from './hands/words.ts';

/** A city that has its own identity provider; a demonstration keeps its passwords beside it. */
let tongban: Tongban;
let browser: LaunchedChromium;

beforeAll(async () => {
  tongban = await startTongban({ provider: true });
  browser = await launchChromium({
    context: { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' },
  });
  browser.context.setDefaultTimeout(30_000);
});

afterAll(async () => {
  await browser?.close();
  await tongban?.stop();
});

/** On the provider's own page, which is another origin. */
async function chooseAtProvider(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name: '统一身份认证（演示）' }).waitFor();
  expect(new URL(page.url()).origin).not.toBe(tongban.origin);
  await page.getByRole('button', { name }).click();
}

test('a department signs in through the provider, leaves, and is asked anew', async () => {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${tongban.origin}/departments/`);
  const provider = page.getByRole('button', { name: say('staff:signIn.provider') });
  await provider.waitFor();
  await looked(page, 'desk-sign-in-provider');
  await provider.click();
  await chooseAtProvider(page, '取消 Cancel');
  await page.getByText(say('staff:signIn.refused.provider-refused')).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await looked(page, 'desk-sign-in-refused');
  await provider.click();
  await chooseAtProvider(page, '高远');
  await page.locator('[data-screen=desk]').waitFor();
  const [session] = (await browser.context.cookies()).filter(
    ({ name }) => name === 'tongban_session',
  );
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  // The next one at this desk is not let in as the last.
  await browser.context.request.delete(`${tongban.origin}/api/v1/session`);
  await page.reload();
  await provider.click();
  await chooseAtProvider(page, '宋清');
  await page.locator('[data-screen=desk]').waitFor();
  await page.getByText('宋清').first().waitFor();
  await page.close();
});

test('a citizen signs in on the phone and out again', async () => {
  await browser.context.clearCookies();
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${tongban.origin}/phone/sign-in`);
  await page.getByRole('button', { name: say('phone:session.provider') }).waitFor();
  await looked(page, 'phone-sign-in-provider');
  await page.getByRole('button', { name: say('phone:session.provider') }).click();
  await chooseAtProvider(page, '丁小禾');
  await page
    .getByRole('heading', { name: say('phone:session.signedIn', { name: '丁小禾' }) })
    .waitFor();
  await page.getByRole('button', { name: say('phone:session.signOut') }).click();
  await page.getByRole('button', { name: say('phone:session.provider') }).waitFor();
});

test('where the provider is the only way the phone asks for no password, and says why nobody is signed in', async () => {
  await browser.context.clearCookies();
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.route('**/api/v1/session/ways', (route) =>
    route.fulfill({ json: { password: false, provider: true } }),
  );
  await page.goto(`${tongban.origin}/phone/sign-in?sign-in=sign-in-over`);
  await page.getByRole('button', { name: say('phone:session.provider') }).waitFor();
  await page.getByText(say('phone:session.refused.sign-in-over')).waitFor();
  expect(await page.getByLabel(say('phone:session.password')).count()).toBe(0);
  expect(new URL(page.url()).search).toBe('');
  await looked(page, 'phone-sign-in-provider-only');
  await page.close();
});

test('a counter in Electron shows a code, and lets in who confirmed it on a phone', async () => {
  await browser.context.clearCookies();
  const electron = await launchElectron({
    entry: join(root, 'apps/kiosk'),
    args: ['--demonstration', '--profile=counter', `--centre=${tongban.origin}`],
  });
  try {
    const counter = await electron.app.firstWindow();
    await counter.getByRole('button', { name: say('staff:signIn.byCode') }).click();
    const panel = counter.getByRole('region', { name: say('staff:signIn.byCode') });
    const code = await panel.locator('code').innerText();
    await looked(counter, 'counter-sign-in-code');
    const address = /http[!-~]+/.exec(await panel.innerText())?.[0] ?? '';
    const phone = await browser.context.newPage();
    await phone.goto(address);
    await phone.getByRole('textbox').fill(code);
    await phone.getByRole('button', { name: 'Continue' }).click();
    // The same letters on both: what is confirmed is this counter's.
    await phone.getByText(code).waitFor();
    await phone.getByRole('button', { name: 'Continue' }).click();
    await chooseAtProvider(phone, '何敏');
    await phone.getByText('Sign-in Success').waitFor();
    await counter.locator('[aria-keyshortcuts=T]').waitFor();
    // Main holds the session; the page has nothing of it.
    const cookies = await electron.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.session.cookies.get({}),
    );
    expect(cookies).toEqual([]);
  } finally {
    await electron.close();
  }
});
