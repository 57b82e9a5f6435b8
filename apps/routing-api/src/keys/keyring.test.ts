import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { handClock, monday } from '../testing/centre.ts';
import { openKeyring, rotateCentreKey } from './keyring.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-keys-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

test('[M3] processes that start first at the same moment agree on every key', async () => {
  const folder = await newFolder();
  const rings = await Promise.all(
    Array.from({ length: 8 }, () => openKeyring(folder, handClock(monday))),
  );
  const [first] = rings;
  const sealed = first!.encrypt('here', '丁小禾');
  for (const ring of rings) {
    expect(ring.centreKey).toEqual(first!.centreKey);
    expect(ring.decrypt('here', sealed)).toBe('丁小禾');
    expect(ring.token('name', '丁')).toBe(first!.token('name', '丁'));
  }
  expect((await readdir(join(folder, 'keys'))).sort()).toEqual([
    'centre-first.json',
    'index.key',
    'storage.key',
  ]);
});

test('[M3] a key that was made since opens in a process that started before it', async () => {
  const folder = await newFolder();
  const clock = handClock(monday);
  const before = await openKeyring(folder, clock);
  clock.forward(1_000);
  await rotateCentreKey(folder, clock);
  const after = await openKeyring(folder, clock);
  expect(after.centreKey.kid).not.toBe(before.centreKey.kid);
  const asked = await Promise.all(
    Array.from({ length: 4 }, () => before.privateKey(after.centreKey.kid)),
  );
  expect(asked.map((key) => key?.type)).toEqual(asked.map(() => 'private'));
  expect(await before.privateKey('nobody-made-this')).toBeUndefined();
});
