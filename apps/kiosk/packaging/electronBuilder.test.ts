import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..', '..');
const configuration = parse(await readFile(join(root, 'electron-builder.yml'), 'utf8'));
const schema = JSON.parse(
  await readFile(join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8'),
);
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

it('electron-builder.yml follows the schema of electron-builder', () => {
  validate(configuration);
  expect(validate.errors).toBeNull();
});

it('the check fails on an option that does not exist', () => {
  expect(validate({ ...configuration, linux: { target: 'deb', colour: 'blue' } })).toBe(false);
});

it('every fuse of the hardening list is set', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

it('the library of serialport lies outside of the archive, where the system can load it', () => {
  expect(configuration.asarUnpack).toContain('dist/main/native/**');
  expect(configuration.files).toContain('dist/main/**');
});

it('the packaged Electron is the one that is pinned', async () => {
  const { version } = JSON.parse(
    await readFile(join(root, 'node_modules/electron/package.json'), 'utf8'),
  );
  expect(configuration.electronVersion).toBe(version);
});
