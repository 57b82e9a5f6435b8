import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collectNotices, renderNotices } from './collect.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tongban-notices-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const install = (
  path: string,
  about: object,
  files: Readonly<Record<string, string>> = {},
): void => {
  mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, path, 'package.json'), JSON.stringify(about));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, path, name), text);
};

test('notices name what ships, once for each version, with the licence texts it carries', () => {
  const mit = { LICENSE: 'MIT text\r\nof A\n', NOTICE: 'made by A', 'license.js': 'code' };
  install('node_modules/a', { name: 'a', version: '1.0.0', license: 'MIT' }, mit);
  install('node_modules/b', { name: 'b', version: '2.0.0', licenses: [{ type: 'ISC' }] });
  install('node_modules/b/node_modules/a', { name: 'a', version: '1.0.0', license: 'MIT' }, mit);
  install('node_modules/tool', { name: 'tool', version: '1.0.0', license: 'MIT' });
  install('node_modules/newer', { name: 'newer', version: '1.0.0', license: 'MIT' });
  install('node_modules/native', { name: 'native', version: '1.0.0', license: 'MIT' });
  const notices = collectNotices(root, {
    packages: {
      'packages/own': {},
      'node_modules/own': { link: true },
      'node_modules/a': {},
      'node_modules/b': {},
      'node_modules/b/node_modules/a': {},
      'node_modules/tool': { dev: true },
      'node_modules/native': { os: ['linux'] },
      'node_modules/left-out': { optional: true },
      'node_modules/newer': { optional: true, engines: { node: '>=22.12.0' } },
    },
  });
  expect(notices.map(({ name, license, text }) => [name, license, text])).toEqual([
    ['a', 'MIT', 'MIT text\nof A\n\nmade by A'],
    ['b', 'ISC', ''],
  ]);
});

test('packages with one licence text share it', () => {
  const common = { version: '1.0.0', license: 'MIT', source: '', text: 'the same words' };
  const document = renderNotices([
    { ...common, name: 'a' },
    { ...common, name: 'b', text: 'other words' },
    { ...common, name: 'c' },
  ]);
  expect(document.match(/the same words/g)).toHaveLength(1);
  expect(document).toContain('a 1.0.0 (MIT)\nc 1.0.0 (MIT)\n\nthe same words');
});
