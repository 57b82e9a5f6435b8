import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinLockContract } from '@tongban/core/contracts';
import { afterEach, expect, it } from 'vitest';
import { openPinLock } from './pinLock.ts';

const master = new Uint8Array(32).fill(7);
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-pins-'));
  folders.push(folder);
  return folder;
}

pinLockContract('main [A8] [A9]', async () => {
  const folder = await newFolder();
  const reopen = async () => ({
    kind: 'terminal' as const,
    ...(await openPinLock(folder, master)),
  });
  return { lock: await reopen(), reopen };
});

it('[A9] leaves neither account nor secret on the disk in clear', async () => {
  const folder = await newFolder();
  const lock = await openPinLock(folder, master);
  await lock.set('window3', '480271', Buffer.from('the grant'));
  for (const file of await readdir(join(folder, 'pins'))) {
    expect(file).not.toContain('window3');
    const bytes = await readFile(join(folder, 'pins', file));
    for (const plain of ['window3', 'the grant', 'tries'])
      expect(bytes.includes(plain)).toBe(false);
  }
  await expect(
    openPinLock(folder, new Uint8Array(32)).then((other) => other.open('window3', '480271')),
  ).rejects.toThrow();
});
