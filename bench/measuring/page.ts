import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { type ChromiumOptions, launchChromium } from '../../tests/support/index.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.jpg': 'image/jpeg',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export interface BuiltPage {
  /** A page of its own in a Chromium with a new profile. */
  open(
    options?: ChromiumOptions,
  ): Promise<{ readonly page: Page; readonly profile: string; close(): Promise<void> }>;
  stop(): Promise<void>;
}

/**
 * Bundles `entry` as the apps are bundled, into a temporary folder, and serves it on loopback with `files` beside it.
 * The page is isolated from other origins, so that its clock counts in steps of 5 µs and not of 100.
 */
export async function buildPage(
  entry: string,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-bench-'));
  const out = join(folder, 'out');
  await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    worker: { format: 'es' },
    build: {
      outDir: out,
      target: 'es2024',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 100_000,
      rolldownOptions: { input: entry, output: { entryFileNames: 'entry.js' } },
    },
  });
  await mkdir(out, { recursive: true });
  const html =
    '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>';
  await writeFile(join(out, 'index.html'), html);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(out, name), bytes);

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const path = join(out, normalize(pathname === '/' ? '/index.html' : pathname));
    readFile(path).then(
      (bytes) => {
        response.writeHead(200, {
          'content-type': types[extname(path)] ?? 'application/octet-stream',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        });
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    async open(options) {
      const chromium = await launchChromium(options);
      try {
        const page = await chromium.context.newPage();
        await page.goto(origin);
        return { page, profile: chromium.profile, close: chromium.close };
      } catch (error) {
        await chromium.close();
        throw error;
      }
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
