import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { saveExport } from './saveExport.ts';

it('writes where the person chose, and nothing where they chose nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bytes = new Uint8Array([1, 2, 3]);
  expect(await saveExport('tongban-a.tbx', bytes, async () => undefined)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
  expect(await saveExport('tongban-a.tbx', bytes, async (name) => join(folder, name))).toBe(true);
  expect(new Uint8Array(await readFile(join(folder, 'tongban-a.tbx')))).toEqual(bytes);
});
