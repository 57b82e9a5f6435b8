import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyOfTemplate } from '../support/tongban.ts';
import { type FaultyCentre, startFaultyCentre } from './centre.ts';
import { type Client, makeClient } from './client.ts';
import { type FaultyDatabase, startDatabase } from './database.ts';
import { type FaultyLine, startFaultyLine } from './line.ts';
import type { PageFiles } from './pageFiles.ts';

/** Everything a round plays with: real PostgreSQL, a real API in its own process, real browsers. */
export interface World {
  readonly database: FaultyDatabase;
  readonly centre: FaultyCentre;
  readonly clients: readonly Client[];
  /** Between the centre and somebody at a counter. */
  readonly staffLine: FaultyLine;
  remove(): Promise<void>;
}

export async function makeWorld(files: PageFiles): Promise<World> {
  const folder = await copyOfTemplate();
  const profiles = await mkdtemp(join(tmpdir(), 'tongban-faults-'));
  await chmod(profiles, 0o711);
  const database = await startDatabase(folder);
  const centre = await startFaultyCentre(folder, database.url);
  const staffLine = await startFaultyLine(centre.origin, async () => undefined);
  const clients: Client[] = [];
  for (const app of ['kiosk', 'phone'] as const)
    clients.push(await makeClient(app, join(profiles, app), centre.origin, files));
  return {
    database,
    centre,
    clients,
    staffLine,
    async remove() {
      for (const client of clients) await client.remove();
      await staffLine.stop();
      await centre.stop();
      await database.stop();
      await rm(profiles, { recursive: true, force: true });
      // PostgreSQL's files belong to another user; only the system's own tool removes them all.
      execFileSync('rm', ['-rf', folder]);
    },
  };
}
