import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupCommand, restoreCommand } from './backup.ts';
import { dispatch } from './dispatch.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-backup-'));
  await writeFile(join(folder, 'passphrase'), 'a made-up passphrase\n');
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const said: string[] = [];
  const keep = (line: string): void => void said.push(line);
  const out = { result: keep, remark: keep };
  return {
    exit: await dispatch(args, [backupCommand, restoreCommand], out),
    said: said.join('\n'),
  };
}

test('a refusal is one sentence in both languages, without a stack', async () => {
  const files = ['--keys', join(folder, 'k'), '--passphrase', join(folder, 'passphrase')];
  const { exit, said } = await run('restore', folder, ...files, '--data', join(folder, 'data'));
  expect(exit).toBe(2);
  expect(said).toContain('里没有清单');
  expect(said).toMatch(
    /There is no manifest in .*: it is no backup, or one that was not finished\.$/,
  );
  expect((await run('backup', folder)).said).toContain('Name the file of the keys with --keys');
});
