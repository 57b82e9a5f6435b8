import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import { type LaunchedElectron, launchElectron } from '../support/index.ts';

/** The hardening list of decision 9, item by item, on a real Electron with its sandbox on. */
let electron: LaunchedElectron;
let elsewhere: Server;
let elsewhereOrigin: string;
let said = '';
let page: Page;

beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    response.setHeader('access-control-allow-origin', '*').end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  elsewhereOrigin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  electron = await launchElectron({
    entry: join(root, 'apps/kiosk'),
    args: ['--demonstration', `--centre=${elsewhereOrigin}`, '--use-fake-device-for-media-stream'],
  });
  electron.app.process().stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  page = await electron.app.firstWindow();
});
afterAll(async () => {
  await electron?.close();
  elsewhere?.close();
});
beforeEach(async () => {
  said = '';
  page = electron.app.windows().at(-1) ?? page;
  await page.waitForLoadState();
});

/** What main wrote to its log about refusals since the test began. */
function refusals(): string[] {
  return said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { event: string; what?: string })
    .filter((line) => line.event === 'refused')
    .map((line) => line.what ?? '');
}

async function rendererPid(): Promise<number> {
  return electron.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window?.webContents.getOSProcessId() ?? 0;
  });
}

describe('the page', () => {
  it('runs in a sandbox, isolated and without Node', async () => {
    const status = await readFile(`/proc/${await rendererPid()}/status`, 'utf8');
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(
      await page.evaluate(() => [
        typeof globalThis.process,
        'require' in globalThis,
        typeof window.tongban,
      ]),
    ).toEqual(['undefined', false, 'object']);
  });

  it('has a policy that lets no script from elsewhere and no eval in', async () => {
    const outcome = await page.evaluate(async (url) => {
      const attempts: string[] = [];
      // The tool that drives the page may use eval itself; a task of the page's own may not.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        attempts.push(String(new Function('return 1')()));
      } catch (cause) {
        attempts.push((cause as Error).name);
      }
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      attempts.push(String('inlineRan' in globalThis));
      attempts.push(
        await fetch(url).then(
          () => 'fetched',
          () => 'blocked',
        ),
      );
      return attempts;
    }, elsewhereOrigin);
    expect(outcome).toEqual(['EvalError', 'false', 'blocked']);
  });

  it('cannot read files beside itself', async () => {
    const statuses = await page.evaluate(() =>
      Promise.all(
        [
          '/%2e%2e/main/index.js',
          '/kiosk/%2e%2e/%2e%2e/package.json',
          '/..%2f..%2fpackage.json',
        ].map((path) => fetch(path).then((answer) => answer.status)),
      ),
    );
    expect(statuses).toEqual([404, 404, 404]);
  });
});

describe('ways out', () => {
  it('refuses navigation', async () => {
    await page.evaluate((url) => {
      location.href = url;
    }, elsewhereOrigin);
    await expect.poll(refusals).toContain('navigation');
    expect(page.url()).toMatch(/^app:\/\/tongban\//);
  });

  it('refuses a link to another program', async () => {
    await page.evaluate(() => {
      location.href = 'mailto:someone@example.invalid';
    });
    await expect.poll(refusals).toContain('navigation');
  });

  it('refuses windows', async () => {
    expect(await page.evaluate((url) => window.open(url) === null, elsewhereOrigin)).toBe(true);
    await expect.poll(refusals).toContain('window');
    expect(electron.app.windows()).toHaveLength(1);
  });

  it('refuses downloads', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['x']));
      link.download = 'x.txt';
      link.click();
    });
    await expect.poll(refusals).toContain('download');
  });

  it('ignores a webview tag', async () => {
    const inert = await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.invalid');
      document.body.append(view);
      const plain = view instanceof HTMLUnknownElement || !('getWebContentsId' in view);
      view.remove();
      return plain;
    });
    expect(inert).toBe(true);
  });

  it('gives the bridge to no frame inside the page', async () => {
    const bridges = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const found = typeof frame.contentWindow?.tongban;
      frame.remove();
      return found;
    });
    expect(bridges).toBe('undefined');
  });
});

describe('permissions and devices', () => {
  it('grants the camera to our own page', async () => {
    const kinds = await page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      const tracks = stream.getTracks();
      for (const track of tracks) track.stop();
      return tracks.map((track) => track.kind);
    });
    expect(kinds).toEqual(['video']);
  });

  it('refuses the microphone, the place and notifications', async () => {
    const outcome = await page.evaluate(async () => [
      await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        (cause) => cause.name,
      ),
      await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          (cause) => resolve(cause.code),
        ),
      ),
      await Notification.requestPermission(),
    ]);
    expect(outcome).toEqual(['NotAllowedError', 1, 'denied']);
    expect(refusals()).toContain('permission');
  });

  it('chooses no device', async () => {
    const outcome = await page.evaluate(async () => {
      const { usb, serial, hid } = navigator as unknown as Record<
        'usb' | 'serial' | 'hid',
        { getDevices?: () => Promise<unknown[]>; getPorts?: () => Promise<unknown[]> }
      >;
      return [
        (await usb.getDevices?.())?.length,
        (await serial.getPorts?.())?.length,
        (await hid.getDevices?.())?.length,
      ];
    });
    expect(outcome).toEqual([0, 0, 0]);
  });
});

describe('keys', () => {
  it.each([
    ['F12', []],
    ['F5', []],
    ['I', ['control', 'shift']],
    ['R', ['control']],
    ['P', ['control']],
    ['W', ['control']],
    ['F4', ['alt']],
  ] as const)('%s with %j does nothing', async (keyCode, modifiers) => {
    await page.evaluate(() => Object.assign(window, { marked: true }));
    await electron.app.evaluate(
      ({ BrowserWindow }, input) => {
        const [window] = BrowserWindow.getAllWindows();
        for (const type of ['keyDown', 'keyUp'] as const) {
          window?.webContents.sendInputEvent({
            type,
            keyCode: input.keyCode,
            modifiers: [...input.modifiers],
          });
        }
      },
      { keyCode, modifiers },
    );
    const state = await electron.app.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      return [windows.length, windows[0]?.webContents.isDevToolsOpened()];
    });
    expect(state).toEqual([1, false]);
    expect(await page.evaluate(() => 'marked' in window)).toBe(true);
  });
});

describe('staying alive', () => {
  it('shows a page again after the renderer crashed', async () => {
    const before = await rendererPid();
    const next = electron.app.waitForEvent('window');
    await electron.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    page = await next;
    await page.waitForLoadState();
    expect(page.url()).toMatch(/^app:\/\/tongban\//);
    expect(await rendererPid()).not.toBe(before);
    expect(said).toContain('"renderer.gone"');
  });

  it('ends a visit with its renderer process, cookie and clipboard', async () => {
    await electron.app.evaluate(({ clipboard }) => clipboard.writeText('丁小禾'));
    const before = await rendererPid();
    const next = electron.app.waitForEvent('window');
    await page.evaluate(() => void window.tongban?.endVisit());
    page = await next;
    await page.waitForLoadState();
    await expect.poll(() => said).toContain('"visit.ended"');
    await expect(readFile(`/proc/${before}/status`)).rejects.toThrow('ENOENT');
    expect(await electron.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('');
  });

  it('runs once', async () => {
    const { stdout } = await promisify(execFile)('pgrep', ['-f', `${electron.profile}/data`]);
    expect(stdout.trim().split('\n').length).toBeGreaterThan(1);
    const second = await launchElectron({
      entry: join(root, 'apps/kiosk'),
      args: ['--demonstration'],
      profile: electron.profile,
    }).then(
      () => 'started',
      () => 'ended at once',
    );
    expect(second).toBe('ended at once');
  });
});
