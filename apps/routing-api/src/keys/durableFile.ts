import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a whole file so that a power cut leaves either the old one or the new one, never a torn one. `mode` as in `open`. */
export async function writeDurably(path: string, text: string, mode = 0o600): Promise<void> {
  await rename(await written(path, text, mode), path);
  await keepNames(path);
}

/**
 * Makes a file that must be the only one, however many processes try at the same moment. Answers what stands there
 * afterwards: this text, or that of the process that was first.
 */
export async function createDurably(path: string, text: string, mode = 0o600): Promise<string> {
  const beside = await written(path, text, mode);
  try {
    await link(beside, path);
    await keepNames(path);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return await readFile(path, 'utf8');
  } finally {
    await unlink(beside);
  }
}

/** A whole file beside `path`, on the disk, under a name that no other writer uses. */
async function written(path: string, text: string, mode: number): Promise<string> {
  const beside = `${path}.${randomUUID()}.new`;
  const file = await open(beside, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return beside;
}

async function keepNames(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
