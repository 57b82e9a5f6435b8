import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import { type ElectronTerminal, openElectronTerminal } from './hands/electronTerminal.ts';

/** What keeps a terminal at its page, of the hardening list of decision 9: keys, crashes, hangs, a second start. */
let terminal: ElectronTerminal;
let page: Page;

beforeAll(async () => {
  // No centre is there: a terminal stays at its page all the same.
  terminal = await openElectronTerminal('http://127.0.0.1:9');
});
afterAll(async () => {
  await terminal?.electron.close();
});
beforeEach(async () => {
  page = await terminal.settle();
});

/** Presses keys as a keyboard would, and then a plain letter; answers what of it the page was told. */
async function pressed(
  keys: readonly { readonly keyCode: string; readonly modifiers: readonly string[] }[],
): Promise<readonly string[]> {
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { marked: true, told });
    addEventListener('keydown', (event) => told.push(event.key), { capture: true });
  });
  await terminal.electron.app.evaluate(
    ({ BrowserWindow }, all) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.focus();
      for (const { keyCode, modifiers } of all)
        for (const type of ['keyDown', 'keyUp'] as const)
          contents?.sendInputEvent({ type, keyCode, modifiers: [...modifiers] as never });
    },
    [...keys, { keyCode: 'z', modifiers: [] }],
  );
  const told = () => page.evaluate(() => (window as unknown as { told: readonly string[] }).told);
  // Keys come in their order: once the last one is there, the others have had their time.
  await expect.poll(told).toContain('z');
  return (await told()).filter((key) => key !== 'z');
}

describe('keys', () => {
  it.each([
    ['F12', []],
    ['F5', []],
    ['F11', []],
    ['I', ['control', 'shift']],
    ['R', ['control']],
    ['P', ['control']],
    ['W', ['control']],
    ['F4', ['alt']],
  ] as const)('%s with %j does not even reach the page', async (keyCode, modifiers) => {
    expect(await pressed([{ keyCode, modifiers }])).toEqual([]);
    const state = await terminal.electron.app.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      return [windows.length, windows[0]?.webContents.isDevToolsOpened()];
    });
    expect(state).toEqual([1, false]);
    expect(await page.evaluate(() => 'marked' in window)).toBe(true);
  });

  it('those for writing do', async () => {
    const writing = ['a', 'c', 'v', 'x'].map((keyCode) => ({ keyCode, modifiers: ['control'] }));
    expect(await pressed([...writing, { keyCode: 'F2', modifiers: [] }])).toEqual([
      'a',
      'c',
      'v',
      'x',
      'F2',
    ]);
  });
});

describe('staying alive', () => {
  it('shows a page again after the renderer crashed', async () => {
    const before = await terminal.rendererPid();
    const next = terminal.electron.app.waitForEvent('window');
    await terminal.electron.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    page = await next;
    await page.waitForLoadState();
    expect(page.url()).toMatch(/^app:\/\/tongban\//);
    expect(await terminal.rendererPid()).not.toBe(before);
    expect(terminal.said()).toContain('"renderer.gone"');
  });

  it('ends a visit with its renderer process, cookie and clipboard', async () => {
    await terminal.electron.app.evaluate(({ clipboard }) => clipboard.writeText('丁小禾'));
    const before = await terminal.rendererPid();
    const next = terminal.electron.app.waitForEvent('window');
    await page.evaluate(() => void window.tongban?.endVisit());
    page = await next;
    await page.waitForLoadState();
    await expect.poll(() => terminal.said()).toContain('"visit.ended"');
    await expect(readFile(`/proc/${before}/status`)).rejects.toThrow('ENOENT');
    expect(await terminal.electron.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('');
  });

  it('ends a page that hangs, and shows a fresh one', async () => {
    const before = await terminal.rendererPid();
    const next = terminal.electron.app.waitForEvent('window');
    await terminal.electron.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      void contents?.executeJavaScript('for (;;);').catch(() => undefined);
      // Chromium looks for no hang while a debugger is attached, as one is here: it is told of this one.
      contents?.emit('unresponsive');
    });
    page = await next;
    await page.waitForLoadState();
    expect(await terminal.rendererPid()).not.toBe(before);
    await expect(readFile(`/proc/${before}/status`)).rejects.toThrow('ENOENT');
    expect(terminal.said()).toContain('"renderer.unresponsive"');
  });

  it('runs once: the second of a profile goes at once, by itself and without a fault', async () => {
    const display = await terminal.electron.app.evaluate(() => process.env.DISPLAY ?? '');
    const home = join(terminal.electron.profile, 'home');
    const second = await new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile(
        terminal.electron.app.process().spawnfile,
        [
          join(root, 'apps/kiosk'),
          `--user-data-dir=${join(terminal.electron.profile, 'data')}`,
          '--demonstration',
        ],
        {
          env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: display },
          timeout: 60_000,
        },
        (fault, stdout) => resolve({ code: fault === null ? 0 : fault.code, said: stdout }),
      );
    });
    expect(second.code).toBe(0);
    expect(second.said).toContain('"start.runsAlready"');
    expect(second.said).not.toContain('"ready"');
    expect(
      await terminal.electron.app.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
      ),
    ).toBe(1);
  });
});
