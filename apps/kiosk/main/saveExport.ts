import { open } from 'node:fs/promises';

type Ask = (name: string) => Promise<string | undefined>;

/**
 * Writes an export where the person chose, and nowhere else. It is on the stick when this resolves: whoever pulls it out
 * then has it whole. False when they chose nothing.
 */
export async function saveExport(name: string, bytes: Uint8Array, ask: Ask): Promise<boolean> {
  const path = await ask(name);
  if (path === undefined) return false;
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return true;
}
