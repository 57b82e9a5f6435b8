import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';

const html = '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>';

/** What the page consists of, by its path. */
export type PageFiles = (
  path: string,
) => Promise<{ readonly type: string; readonly bytes: Buffer } | undefined>;

/** Bundles the page of the rounds as the apps are bundled. */
export async function buildPageFiles(): Promise<{
  readonly files: PageFiles;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-faults-page-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    build: {
      outDir: folder,
      target: 'es2024',
      chunkSizeWarningLimit: 100_000,
      rolldownOptions: {
        input: join(import.meta.dirname, 'page.ts'),
        output: { entryFileNames: 'entry.js' },
      },
    },
  });
  return {
    async files(path) {
      const { pathname } = new URL(path, 'http://page');
      if (pathname === '/') return { type: 'text/html', bytes: Buffer.from(html) };
      if (extname(pathname) !== '.js') return undefined;
      const bytes = await readFile(join(folder, normalize(pathname)));
      return { type: 'text/javascript', bytes };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
