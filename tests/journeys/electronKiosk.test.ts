import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import {
  codeFilm,
  credentialOf,
  findPlanted,
  type LaunchedElectron,
  type Line,
  launchElectron,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { type Desk, decide, openDesk } from './hands/desk.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import {
  agree,
  answer,
  choosePermit,
  handInBoth,
  pagesBrought,
  permit,
  review,
  showCode,
  submit,
} from './hands/permit.ts';
import { receiptOn } from './hands/receipt.ts';
import { say } from './hands/words.ts';

/** Made up, and in none of the pages: what is found of her in the profile was left there by her visit. */
const person = {
  name: '欧阳晚晴',
  residentId: '320199198804233175',
  sex: '1',
  birthDate: '1988-04-23',
  ethnicity: '01',
  address: '澜州市北塔区书院街 112 号 3 幢 1204 室',
};
const address = '澜州市南湖区桂子路 77 号 5 单元 903 室';
const entered = [person.name, person.residentId, person.address, address, permit.mobile];

let tongban: Tongban;
let line: Line;
let desk: Desk;
let film: string;
let profile: string;
let electron: LaunchedElectron | undefined;

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  desk = await openDesk(tongban.origin, 'desk-police');
  film = await codeFilm(await credentialOf(person));
  // Electron runs as another user where the tests are root.
  await chmod(dirname(film), 0o755);
  profile = await mkdtemp(join(tmpdir(), 'tongban-electron-kiosk-'));
  electron = await launchElectron({
    entry: join(root, 'apps/kiosk'),
    profile,
    args: [
      '--demonstration',
      `--centre=${line.origin}`,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
});

afterAll(async () => {
  await electron?.close();
  await desk?.browser.close();
  await line?.stop();
  await tongban?.stop();
  for (const folder of [profile, film === undefined ? undefined : dirname(film)])
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('(a) in Electron: applied for without a line, decided once it is back; the process goes with the visit', async () => {
  const { app } = running();
  const page = await app.firstWindow();
  page.setDefaultTimeout(30_000);
  const brought = await pagesBrought(person.name, address);
  await atScreen(page, 'home');
  await page.getByText('南湖区政务服务大厅').waitFor();
  line.cut();

  await choosePermit(page);
  await showCode(page);
  await agree(page);
  await answer(page, address);
  await handInBoth(page, brought);
  await review(page);
  await submit(page);
  await page.getByRole('heading', { name: say('journey:receipt.heading.saved') }).waitFor();
  const receipt = await receiptOn(page);

  line.restore();
  // A line that comes back is noticed after up to half a minute.
  await page
    .getByRole('heading', { name: say('journey:receipt.heading.received') })
    .waitFor({ timeout: 90_000 });
  await expect
    .poll(async () => (await desk.cases()).map((row) => row.receiptNumber), { timeout: 30_000 })
    .toEqual([receipt.number]);
  await decide(desk, person.name, 'accept');
  await page.getByRole('heading', { name: say('journey:receipt.heading.accepted') }).waitFor();
  await decide(desk, person.name, 'grant');

  const fresh = await endVisit(page);
  // Only the number, from a slip that somebody kept: what this terminal knows by itself.
  await touch(fresh, new RegExp(`^${say('kiosk:door.ask.name')}`));
  await touch(fresh, say('kiosk:ask.type'));
  await fresh.getByLabel(say('journey:receipt.number')).fill(receipt.number);
  await touch(fresh, say('kiosk:ask.look'));
  await fresh.getByRole('main').getByText(say('status:event.granted')).waitFor();

  await electron?.close();
  electron = undefined;
  expect(await findPlanted(profile, entered)).toEqual([]);
});

function running(): LaunchedElectron {
  if (electron === undefined) throw new Error('Electron does not run.');
  return electron;
}

/** Ends the visit: the process that showed it is gone, a new window stands at the home. */
async function endVisit(page: Page): Promise<Page> {
  const { app } = running();
  const before = await rendererPid();
  const opening = app.waitForEvent('window');
  await page.getByRole('button', { name: say('common:nav.end'), exact: true }).click();
  const fresh = await opening;
  fresh.setDefaultTimeout(30_000);
  await atScreen(fresh, 'home');
  await expect.poll(() => existsSync(`/proc/${before}`)).toBe(false);
  expect(await rendererPid()).not.toBe(before);
  return fresh;
}

async function rendererPid(): Promise<number> {
  return running().app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window?.webContents.getOSProcessId() ?? 0;
  });
}
