import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chipOf, simulatedCards } from '../../apps/kiosk/renderer/devices/cards.ts';
import { root } from '../../scripts/build/sources.ts';
import {
  type LaunchedElectron,
  launchElectron,
  type ReaderAt,
  readerAt,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import { choosePermit } from './hands/permit.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let folder: string;
let reader: ReaderAt;
let electron: LaunchedElectron;

beforeAll(async () => {
  tongban = await startTongban();
  folder = await mkdtemp(join(tmpdir(), 'tongban-electron-reader-'));
  reader = await readerAt(join(folder, 'reader'));
  // Electron runs as another user where the tests are root.
  await chmod(folder, 0o755);
  await forEverybody();
  electron = await launchElectron({
    entry: join(root, 'apps/kiosk'),
    args: ['--demonstration', `--centre=${tongban.origin}`, `--card-reader=${reader.path}`],
  });
});

afterAll(async () => {
  await electron?.close();
  await reader?.close();
  await tongban?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('in Electron: a card on the attached reader begins a visit, the next one the next; unplugged and plugged in again', async () => {
  const first = await electron.app.firstWindow();
  first.setDefaultTimeout(30_000);
  await atScreen(first, 'home');
  putDown('丁小禾');
  await greeted(first, '丁小禾');

  const fresh = await endVisit(first);
  // It lies there still, read once: whoever comes next is not taken for her.
  await choosePermit(fresh);
  await atScreen(fresh, 'identity');
  reader.hands.lift();
  await reader.plug(false);
  await fresh.getByText(say('fault:reader.no-reader')).waitFor();
  await reader.plug(true);
  await forEverybody();
  await fresh.getByText(say('fault:reader.no-reader')).waitFor({ state: 'detached' });
  putDown('林远舟');
  await atScreen(fresh, 'notice');
  await fresh.getByText(say('journey:notice.heading', { name: '林远舟' })).waitFor();
  expect(await fresh.textContent('body')).not.toContain('丁小禾');
});

function putDown(name: string): void {
  const card = simulatedCards.find(({ attributes }) => attributes.name === name);
  if (card === undefined) throw new Error(`There is no card of ${name}.`);
  reader.hands.insert(chipOf(card));
}

const greeted = (page: Page, name: string) =>
  page.getByText(say('journey:path.hello', { name })).waitFor();

async function endVisit(page: Page): Promise<Page> {
  const opening = electron.app.waitForEvent('window');
  await touch(page, say('common:nav.back'));
  const fresh = await opening;
  fresh.setDefaultTimeout(30_000);
  await atScreen(fresh, 'home');
  return fresh;
}

/** As a rule of udev does for the account of the terminal. */
async function forEverybody(): Promise<void> {
  await chmod(await realpath(reader.path), 0o666);
}
