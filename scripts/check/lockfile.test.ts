import { describe, expect, test } from 'vitest';
import { type Lockfile, missingPlatforms, placesNamed } from './lockfile.ts';

const lock = (packages: Lockfile['packages']): Lockfile => ({ packages });

describe('the lockfile', () => {
  test('misses what an optional dependency asks for and no entry holds', () => {
    const missing = missingPlatforms(
      lock({
        'node_modules/tool': {
          version: '1.0.0',
          dev: true,
          license: 'MIT',
          optionalDependencies: {
            '@tool/binding-linux-x64-gnu': '1.0.0',
            '@tool/binding-linux-x64-musl': '1.0.0',
            '@tool/cli-darwin-arm64': '1.0.0',
          },
        },
        'node_modules/@tool/binding-linux-x64-gnu': { version: '1.0.0' },
      }),
    );
    const common = { version: '1.0.0', dev: true, license: 'MIT', optional: true };
    expect(missing).toEqual({
      'node_modules/@tool/binding-linux-x64-musl': {
        ...common,
        os: ['linux'],
        cpu: ['x64'],
        libc: ['musl'],
      },
      'node_modules/@tool/cli-darwin-arm64': { ...common, os: ['darwin'], cpu: ['arm64'] },
    });
  });

  test('finds an optional dependency where Node would: beside, or further up', () => {
    const within = { version: '1.0.0', optionalDependencies: { inner: '1.0.0', outer: '1.0.0' } };
    expect(
      missingPlatforms(
        lock({
          'node_modules/a/node_modules/b': within,
          'node_modules/a/node_modules/b/node_modules/inner': { version: '1.0.0' },
          'node_modules/outer': { version: '1.0.0' },
        }),
      ),
    ).toEqual({});
  });

  test('names no place that a package was fetched from; links to workspaces are no such place', () => {
    expect(
      placesNamed(
        lock({
          'node_modules/a': { version: '1.0.0', resolved: 'https://registry.test/a.tgz' },
          'node_modules/@tongban/core': { resolved: 'packages/core', link: true },
        }),
      ),
    ).toEqual(['node_modules/a']);
  });
});
