import {
  chmod,
  cp,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Staff, signIn } from '@tongban/routing-api/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import kiosk from '../../apps/kiosk/package.json' with { type: 'json' };
import { root } from '../../scripts/build/sources.ts';
import {
  codeFilm,
  credentialOf,
  type LaunchedElectron,
  type Line,
  launchElectron,
  people,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { type Desk, openDesk } from './hands/desk.ts';
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

const newer = '9.9.9';

let tongban: Tongban;
let line: Line;
let desk: Desk;
let film: string;
let app: string;
let profile: string;
let electron: LaunchedElectron;
let started = '';

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  desk = await openDesk(tongban.origin, 'desk-police');
  film = await codeFilm(await credentialOf(people.xiaohe));
  app = await mkdtemp(join(tmpdir(), 'tongban-app-'));
  // Electron runs as another user where the tests are root.
  for (const folder of [app, dirname(film)]) await chmod(folder, 0o755);
  await installed(kiosk.version);
  profile = await mkdtemp(join(tmpdir(), 'tongban-electron-update-'));
  electron = await launchElectron({
    entry: app,
    profile,
    args: [
      '--demonstration',
      `--centre=${line.origin}`,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  electron.app.process().stdout?.on('data', (chunk: Buffer) => {
    started += chunk.toString();
  });
});

afterAll(async () => {
  const pid = await runningPid().catch(() => undefined);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await electron?.close();
  await desk?.browser.close();
  await line?.stop();
  await tongban?.stop();
  for (const folder of [app, profile, film === undefined ? undefined : dirname(film)])
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Lays the application of this version where Electron starts it from, as a package does: beside it, then over it. */
async function installed(version: string): Promise<void> {
  const beside = await mkdtemp(join(tmpdir(), 'tongban-package-'));
  await cp(join(root, 'apps/kiosk/dist'), join(beside, 'dist'), { recursive: true });
  const assets = join(beside, 'dist/renderer/assets');
  for (const name of (await readdir(assets)).filter((file) => file.endsWith('.js'))) {
    const text = await readFile(join(assets, name), 'utf8');
    await writeFile(join(assets, name), text.replaceAll(kiosk.version, version));
  }
  await cp(join(beside, 'dist'), join(app, 'dist'), { recursive: true, force: true });
  await rm(beside, { recursive: true });
  await writeFile(join(app, 'package.json.new'), JSON.stringify({ ...kiosk, version }));
  await rename(join(app, 'package.json.new'), join(app, 'package.json'));
}

/** The process that has the profile. */
async function runningPid(): Promise<number> {
  const lock = await readlink(join(profile, 'data', 'SingletonLock'));
  return Number(lock.slice(lock.lastIndexOf('-') + 1));
}

async function appVersionsHeard(staff: Staff): Promise<readonly (string | undefined)[]> {
  const heard = await (await staff.ask('GET', '/terminals')).json();
  const { terminals } = heard as { terminals: { report?: { appVersion: string } }[] };
  return terminals.map(({ report }) => report?.appVersion);
}

async function handInWithoutLine(page: Page): Promise<string> {
  const brought = await pagesBrought(people.xiaohe.name, permit.address);
  await choosePermit(page);
  await showCode(page);
  await agree(page);
  await answer(page);
  await handInBoth(page, brought);
  await review(page);
  await submit(page);
  await page.getByRole('heading', { name: say('journey:receipt.heading.saved') }).waitFor();
  return (await receiptOn(page)).number;
}

test('[V9] a newer version with a full outbox: it waits for the visit to end, starts, and sends what waits', async () => {
  const page = await electron.app.firstWindow();
  page.setDefaultTimeout(30_000);
  await atScreen(page, 'home');
  await page.getByText('南湖区政务服务大厅').waitFor();
  line.cut();
  const number = await handInWithoutLine(page);
  const opening = electron.app.waitForEvent('window');
  await touch(page, say('common:nav.end'));
  const next = await opening;
  next.setDefaultTimeout(30_000);
  await atScreen(next, 'home');

  await choosePermit(next);
  await next.evaluate(() => Object.assign(window, { marked: true }));
  await installed(newer);
  await expect.poll(() => started, { timeout: 90_000 }).toContain('"update.ready"');
  expect(await next.evaluate(() => 'marked' in window)).toBe(true);
  expect(started).not.toContain('"update.start"');

  // The test tool's own switches would make the next process wait for the tool.
  await electron.app.evaluate(({ app: main }) => {
    const relaunch = main.relaunch.bind(main);
    main.relaunch = () => {
      const [, ...args] = process.argv;
      relaunch({ args: args.filter((each) => !/inspect|remote-debugging|loader/.test(each)) });
    };
  });
  const before = await runningPid();
  const gone = electron.app.waitForEvent('close');
  await touch(next, say('common:nav.end'));
  await gone;
  expect(started).toContain('"update.start"');
  await expect.poll(runningPid, { timeout: 30_000 }).not.toBe(before);

  line.restore();
  await expect
    .poll(async () => (await desk.cases()).map((row) => row.receiptNumber), { timeout: 90_000 })
    .toEqual([number]);
  const staff = await signIn(tongban.origin, 'supervisor');
  await expect.poll(() => appVersionsHeard(staff), { timeout: 90_000 }).toContain(newer);
});
