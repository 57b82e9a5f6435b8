import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEnrolmentCode, operateTerminals } from '@tongban/routing-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import {
  type LaunchedChromium,
  launchChromium,
  launchElectron,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import { looked } from './hands/staff.ts';
import { say } from './hands/words.ts';

/** A centre as in production: whoever wants to be a kiosk or a counter needs a code. */
let tongban: Tongban;
let hall: LaunchedChromium;

beforeAll(async () => {
  tongban = await startTongban({ production: true });
  hall = await launchChromium({
    context: {
      viewport: { width: 1080, height: 1920 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    },
  });
  hall.context.setDefaultTimeout(30_000);
});

afterAll(async () => {
  await hall?.close();
  await tongban?.stop();
});

const codeFor = (profile: 'kiosk' | 'counter') =>
  createEnrolmentCode({ dataFolder: tongban.dataFolder }, profile, 'nanhu');

test('a kiosk that nobody admitted asks staff for a code, and opens its doors with the right one', async () => {
  const page = await hall.context.newPage();
  await page.goto(`${tongban.origin}/kiosk/?idle=900`);
  await atScreen(page, 'not-admitted');
  await looked(page, 'kiosk-not-admitted');
  const field = page.getByLabel(say('terminal:admission.code'));
  const send = say('terminal:admission.send');

  await touch(page, send);
  await page.getByText(say('terminal:admission.trouble.short')).waitFor();
  await field.focus();
  for (const digit of '1234567890123456')
    await page.locator('.keypad button', { hasText: digit }).first().click();
  expect(await field.inputValue()).toBe('1234 5678 9012 3456');
  await touch(page, send);
  await page.getByText(say('terminal:admission.trouble.wrong')).waitFor();
  await looked(page, 'kiosk-not-admitted-wrong');

  await field.fill(await codeFor('kiosk'));
  await touch(page, send);
  await atScreen(page, 'home');
  await page.getByText('南湖区政务服务大厅').first().waitFor();

  await operateTerminals({ dataFolder: tongban.dataFolder }, (operator) =>
    operator.close('自助机 01', 'moved to the store'),
  );
  await page.reload();
  await atScreen(page, 'closed');
  await looked(page, 'kiosk-closed');
  await page.close();
});

test('a counter asks for its code before it asks who works at it', async () => {
  const page = await hall.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${tongban.origin}/counter/`);
  await page.locator('[data-screen=not-admitted]').waitFor();
  await looked(page, 'counter-not-admitted');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('Admission code').fill(await codeFor('counter'));
  await looked(page, 'counter-not-admitted-en');
  await page.keyboard.press('Enter');
  await page.locator('[data-screen=sign-in]').waitFor();
  await page.close();
});

test('a machine that an operator set up with hall and code needs nobody to type anything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-set-up-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'code'), `${await codeFor('kiosk')}\n`);
  const setUp = {
    centre: tongban.origin,
    hall: 'nanhu',
    'enrolment-code-file': join(folder, 'code'),
  };
  await writeFile(join(folder, 'set-up.json'), JSON.stringify(setUp));
  const electron = await launchElectron({
    entry: join(root, 'apps/kiosk'),
    args: ['--demonstration', `--set-up=${join(folder, 'set-up.json')}`],
  });
  try {
    const page = await electron.app.firstWindow();
    await atScreen(page, 'home');
    await page.getByText('南湖区政务服务大厅').first().waitFor();
    // Chromium's word of what it promised: without it the outbox may be cleared away under pressure.
    expect(await page.evaluate(() => navigator.storage.persisted())).toBe(true);
  } finally {
    await electron.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('staff see every terminal of their hall, and each machine shows how it stands', async () => {
  const demonstration = await startTongban();
  try {
    const kiosk = await hall.context.newPage();
    await kiosk.goto(`${demonstration.origin}/kiosk/?idle=900`);
    await atScreen(kiosk, 'home');
    await kiosk.getByText('南湖区政务服务大厅').first().waitFor();
    await touch(kiosk, say('common:nav.help'));
    await kiosk.getByText(say('terminal:own.staff')).click();
    await kiosk.getByText(say('terminal:own.unsent')).waitFor();
    await looked(kiosk, 'kiosk-standing');

    const counter = await hall.context.newPage();
    await counter.setViewportSize({ width: 1920, height: 1080 });
    await counter.goto(`${demonstration.origin}/counter/`);
    await counter.getByLabel(say('staff:signIn.account')).fill('window3');
    await counter.getByLabel(say('staff:signIn.password')).fill('demo');
    await counter.keyboard.press('Enter');
    await counter.locator('[aria-keyshortcuts=T]').waitFor();
    await looked(counter, 'counter-foot');
    await counter.keyboard.press('t');
    const board = counter.getByRole('table');
    await board.getByRole('row', { name: /自助机 01/ }).waitFor();
    await looked(counter, 'counter-terminals');
    await counter.keyboard.press('Escape');
    await counter.keyboard.press('?');
    await counter
      .getByRole('radio', { name: 'English' })
      .or(counter.getByRole('button', { name: 'English' }))
      .first()
      .click();
    await counter.keyboard.press('Escape');
    await counter.keyboard.press('t');
    await board.getByRole('row', { name: /自助机 01/ }).waitFor();
    await counter.getByText('Last heard').waitFor();
    await looked(counter, 'counter-terminals-en');

    const phone = await hall.context.newPage();
    await phone.setViewportSize({ width: 390, height: 844 });
    await phone.goto(`${demonstration.origin}/phone/settings`);
    await phone.getByText(say('terminal:own.unsent')).waitFor();
    await looked(phone, 'phone-standing');
  } finally {
    await demonstration.stop();
  }
});
