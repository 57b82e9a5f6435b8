import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds the whole project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One Vite build. Paths are relative to the root. */
export interface BuildTarget {
  readonly config: string;
  readonly folder: string;
  /** Vite's mode; a configuration that builds several things tells them apart by it. */
  readonly mode: string;
}

const modes: Readonly<Record<string, readonly string[]>> = {
  'vite.config.ts': ['production'],
  'electron.vite.config.ts': ['main', 'preload'],
};

/** Every Vite configuration under `apps`, in a stable order. A new page needs no entry anywhere. */
export async function buildTargets(): Promise<BuildTarget[]> {
  const found: BuildTarget[] = [];
  for await (const path of files(join(root, 'apps'))) {
    const config = relative(root, path);
    for (const mode of modes[basename(config)] ?? []) {
      found.push({ config, folder: dirname(config), mode });
    }
  }
  return found;
}

/** A hash of everything that `target` is built from: its app, the packages, the catalogue, the tools. */
export async function sourcesHash(target: BuildTarget): Promise<string> {
  const app = target.folder.split('/').slice(0, 2).join('/');
  const hash = createHash('sha256').update(`${target.config}\0${target.mode}`);
  for (const folder of [app, 'packages', 'catalogue']) {
    if (!existsSync(join(root, folder))) continue;
    for await (const path of files(join(root, folder))) {
      hash.update(`\0${relative(root, path)}\0`).update(await readFile(path));
    }
  }
  for (const file of ['package-lock.json', 'scripts/build.ts', 'tsconfig.json']) {
    hash.update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

/** Source files below `folder`, sorted; what is installed, built, or only tests is left out. */
async function* files(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== 'dist') yield* files(path);
    } else if (!/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}
