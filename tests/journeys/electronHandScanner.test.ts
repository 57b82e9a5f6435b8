import { chmod } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialOf, people, startTongban, type Tongban } from '../support/index.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../support/pseudoTerminal.ts';
import { type ElectronTerminal, openElectronTerminal } from './hands/electronTerminal.ts';
import { scanAsKeys } from './hands/handScanner.ts';
import { atScreen, touch } from './hands/kiosk.ts';
import { say } from './hands/words.ts';

let tongban: Tongban;
let device: PseudoTerminal;
let terminal: ElectronTerminal;
let identity: string;

beforeAll(async () => {
  tongban = await startTongban();
  device = await openPseudoTerminal();
  // Electron runs as another user where the tests are root.
  await chmod(device.path, 0o666);
  terminal = await openElectronTerminal(tongban.origin, [`--hand-scanner=${device.path}`]);
  identity = await credentialOf(people.xiaohe);
});
afterAll(async () => {
  await terminal?.electron.close();
  await device?.line.close();
  await tongban?.stop();
});

const scan = (text: string) => device.line.write(new TextEncoder().encode(`${text}\r\n`));

test('a scanner on a serial device serves one visit after the other', async () => {
  const first = await terminal.settle();
  await atScreen(first, 'home');
  await scan(identity);
  await atScreen(first, 'choose');
  await first.getByText(say('journey:path.hello', { name: people.xiaohe.name })).waitFor();
  // A code that nobody awaits here, and one whose address is never opened.
  await scan('https://example.org/pasted-over');
  await first.locator('.hand-scan-note').getByText(say('fault:handScan.not-awaited')).waitFor();

  const second = await endVisit(first);
  await scan('https://example.org/pasted-over');
  await second.locator('.hand-scan-note').getByText(say('kiosk:resume.not.web-address')).waitFor();
  expect(second.url()).toMatch(/^app:\/\/tongban\//);
  expect(terminal.refusals()).toEqual([]);
  await scan(identity);
  await atScreen(second, 'choose');
  // What was scanned is in no log.
  expect(terminal.said()).not.toContain(identity.slice(0, 40));
});

test('one that types is heard beside it, through the guard of the keys', async () => {
  const page = await endVisit(await terminal.settle());
  await scanAsKeys(page, identity);
  await atScreen(page, 'choose');
});

/** Ends the visit: a new window stands at the home. */
async function endVisit(page: Page): Promise<Page> {
  const opening = terminal.electron.app.waitForEvent('window');
  await touch(page, say('common:nav.end'));
  await opening;
  const fresh = await terminal.settle();
  await atScreen(fresh, 'home');
  return fresh;
}
