import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LaunchedElectron, launchElectron } from './electron.ts';
import { axe } from './screens.ts';

let folder: string;
let launched: LaunchedElectron | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-app-'));
  await chmod(folder, 0o755);
  const main = `
    const { app, BrowserWindow } = require('electron');
    app.enableSandbox();
    app.whenReady().then(() => new BrowserWindow().loadFile('page.html'));`;
  await writeFile(join(folder, 'package.json'), '{"name": "trial", "main": "main.cjs"}');
  await writeFile(join(folder, 'main.cjs'), main);
  const page = '<!doctype html><html><title>t</title><main><button></button></main></html>';
  await writeFile(join(folder, 'page.html'), page);
});

afterEach(async () => {
  await launched?.close();
  await rm(folder, { recursive: true, force: true });
});

test('Electron runs as an unprivileged user with its sandbox on', { timeout: 60_000 }, async () => {
  launched = await launchElectron({ entry: folder });
  const page = await launched.app.firstWindow();
  expect(await launched.app.evaluate(() => process.getuid?.())).not.toBe(0);
  const renderer = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  // 2 is SECCOMP_MODE_FILTER: the renderer's system calls are filtered.
  expect(await readFile(`/proc/${renderer}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m);
  expect(await axe(page)).toEqual([
    'button-name (critical): button',
    'html-has-lang (serious): html',
  ]);
});
