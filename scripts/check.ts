/**
 * `npm run check`: format, lint and floors (Biome), types (TypeScript), dead code (knip), rules and tests,
 * lockfile, notices. Exits 1 when one does not hold. `-- types spec` runs those two alone, `-- --write` mends
 * what can be mended.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './build/sources.ts';
import { type Lockfile, missingPlatforms, placesNamed } from './check/lockfile.ts';
import { breaches, type ListedTest } from './check/spec.ts';
import { currentNotices, noticesPath } from './notices.ts';
import { say } from './words/index.ts';

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { write } = values;

const checks = [
  [
    'format',
    () => runs('biome', 'check', '--error-on-warnings', ...(write ? ['--write'] : []), '.'),
  ],
  ['types', () => runs('tsc', '--project', '.')],
  ['dead', () => runs('knip', '--no-progress')],
  ['spec', spec],
  ['lockfile', lockfile],
  ['notices', notices],
] as const;

let held = true;
for (const [name, holds] of checks) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const began = performance.now();
  const ok = holds();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  held &&= ok;
  const verdict = say('check', ok ? 'ok' : 'failed');
  process.stdout.write(`${ok ? '✓' : '✗'} ${say('check', name)} — ${verdict} (${seconds} s)\n`);
}
process.exit(held ? 0 : 1);

/** Runs a tool that npm installed; it writes to our console. */
function runs(tool: string, ...args: readonly string[]): boolean {
  const program = join(root, 'node_modules', '.bin', tool);
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Rules are shown where sync lives: in its own package, in the API it talks to, and at the counter. */
function spec(): boolean {
  // Not read from the source alone: contracts and tables make their tests only when they run.
  const listed = spawnSync(
    join(root, 'node_modules', '.bin', 'vitest'),
    ['list', '--json', '--no-static-parse', 'packages/sync/', 'apps/routing-api/', 'apps/kiosk/'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (listed.status !== 0) {
    process.stdout.write(`${listed.stdout}${listed.stderr}\n`);
    return false;
  }
  const tests = (JSON.parse(listed.stdout.slice(listed.stdout.indexOf('['))) as ListedTest[]).map(
    ({ name, file }) => ({ name, file: relative(root, file) }),
  );
  const found = breaches(readFileSync(join(root, 'docs', 'SPEC.md'), 'utf8'), tests, ({ file }) =>
    file.startsWith('packages/sync/'),
  );
  for (const breach of found) process.stdout.write(`  ${breach}\n`);
  return found.length === 0;
}

function lockfile(): boolean {
  const path = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
  const missing = missingPlatforms(lock);
  for (const name of placesNamed(lock)) process.stdout.write(`  ${name} names a registry.\n`);
  if (write && Object.keys(missing).length > 0) {
    const packages = Object.entries({ ...lock.packages, ...missing });
    packages.sort(([a], [b]) => a.localeCompare(b, 'en'));
    const mended = { ...lock, packages: Object.fromEntries(packages) };
    writeFileSync(path, `${JSON.stringify(mended, null, 2)}\n`);
  } else {
    for (const name of Object.keys(missing)) process.stdout.write(`  ${name} is missing.\n`);
  }
  return placesNamed(lock).length === 0 && (write || Object.keys(missing).length === 0);
}

function notices(): boolean {
  const current = currentNotices();
  if (existsSync(noticesPath) && readFileSync(noticesPath, 'utf8') === current) return true;
  if (write) writeFileSync(noticesPath, current);
  return write;
}
