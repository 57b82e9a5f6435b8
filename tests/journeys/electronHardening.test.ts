import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/build/sources.ts';
import { type ElectronTerminal, openElectronTerminal } from './hands/electronTerminal.ts';

/** What a page may not do, of the hardening list of decision 9, item by item, on a real Electron. */
let terminal: ElectronTerminal;
let elsewhere: Server;
let elsewhereOrigin: string;
/** With a certificate that nobody vouches for. */
let untrusted: Server;
let untrustedOrigin: string;
let page: Page;
const refusals = () => terminal.refusals();

beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    if (request.url === '/moved')
      return response.writeHead(302, { location: `${elsewhereOrigin}/landed` }).end();
    return response.setHeader('access-control-allow-origin', '*').end('<title>elsewhere</title>');
  });
  untrusted = createSecureServer(
    selfSigned(),
    (_request, response) => void response.end('<title>elsewhere</title>'),
  );
  for (const server of [elsewhere, untrusted])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  elsewhereOrigin = originOf(elsewhere);
  untrustedOrigin = originOf(untrusted).replace('http:', 'https:');
  terminal = await openElectronTerminal(elsewhereOrigin);
});
afterAll(async () => {
  await terminal?.electron.close();
  elsewhere?.close();
  untrusted?.close();
});
beforeEach(async () => {
  page = await terminal.settle();
});

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A key and a certificate that it signed itself. */
function selfSigned(): { readonly key: Buffer; readonly cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-untrusted-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const words = ['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  execFileSync(
    'openssl',
    [...words, '-subj', '/CN=127.0.0.1', '-days', '2', '-keyout', key, '-out', cert],
    { stdio: 'ignore' },
  );
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}

describe('the page', () => {
  it('runs in a sandbox, isolated and without Node', async () => {
    const status = await readFile(`/proc/${await terminal.rendererPid()}/status`, 'utf8');
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

  it('follows no redirect', async () => {
    expect(await landed(`${elsewhereOrigin}/moved`)).not.toBe('elsewhere');
    await expect.poll(refusals).toContain('redirect');
    // Without the redirect the same page comes: it is the redirect that was refused.
    expect(await landed(`${elsewhereOrigin}/landed`)).toBe('elsewhere');
  });

  it('trusts no certificate that nobody vouches for', async () => {
    expect(await landed(untrustedOrigin)).not.toBe('elsewhere');
    await expect.poll(refusals).toContain('certificate');
  });

  it('refuses windows', async () => {
    expect(await page.evaluate((url) => window.open(url) === null, elsewhereOrigin)).toBe(true);
    await expect.poll(refusals).toContain('window');
    expect(terminal.electron.app.windows()).toHaveLength(1);
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

/**
 * Opens an address in a window beside the page, as main itself could: so the guard of the pages is passed by and those of
 * the network are met. Answers where it ended.
 */
async function landed(address: string): Promise<string | undefined> {
  return terminal.electron.app.evaluate(async ({ BrowserWindow }, url) => {
    const beside = new BrowserWindow({ show: false });
    await beside.loadURL(url).catch(() => undefined);
    const title = beside.webContents.getTitle();
    beside.destroy();
    return title;
  }, address);
}

describe('the bridge', () => {
  it('answers its own page', async () => {
    expect(await page.evaluate(() => window.tongban?.vault.visits())).toBeInstanceOf(Array);
  });

  it('answers no page from elsewhere, even one that has the preload', async () => {
    const outcome = await terminal.electron.app.evaluate(
      async ({ BrowserWindow }, { preload, address }) => {
        const foreign = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: true, contextIsolation: true },
        });
        await foreign.loadURL(address);
        const answers = await foreign.webContents.executeJavaScript(`Promise.all(
          [tongban.vault.visits(), tongban.vault.storeKey(), tongban.endVisit()]
            .map((asked) => asked.then(() => 'answered', () => 'refused')))`);
        foreign.destroy();
        return answers as readonly string[];
      },
      { preload: join(root, 'apps/kiosk/dist/preload/index.cjs'), address: elsewhereOrigin },
    );
    expect(outcome).toEqual(['refused', 'refused', 'refused']);
    await expect.poll(() => refusals().filter((what) => what === 'ipc')).toHaveLength(3);
    expect(terminal.said()).not.toContain('"visit.ended"');
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

  it('chooses no device, even for a finger on the glass', async () => {
    const outcome = await terminal.electron.app.evaluate(({ BrowserWindow }) =>
      // `true`: as after a touch, without which a page may not even ask.
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `Promise.all([
          () => navigator.usb.requestDevice({ filters: [] }),
          () => navigator.serial.requestPort(),
          () => navigator.hid.requestDevice({ filters: [] }),
          () => navigator.usb.getDevices(),
          () => navigator.serial.getPorts(),
          () => navigator.hid.getDevices(),
        ].map((ask) => ask().then((given) => given.length, (cause) => cause.name)))`,
        true,
      ),
    );
    expect(outcome).toEqual(['NotFoundError', 'NotFoundError', 0, 0, 0, 0]);
  });
});
