import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder of its own for one test file, open for the account that PostgreSQL runs under. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const outer = await mkdtemp(join(tmpdir(), 'tongban-api-'));
  const path = join(outer, 'data');
  await mkdir(path, { mode: 0o711 });
  await chmod(outer, 0o711);
  return { path, remove: () => rm(outer, { recursive: true, force: true }) };
}
