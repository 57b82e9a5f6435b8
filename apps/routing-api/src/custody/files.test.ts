import { createHash } from 'node:crypto';
import { systemClock } from '@tongban/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect, type Database } from '../database/database.ts';
import { type EmbeddedServer, startEmbedded } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { missingFiles, nameFiles, removeOrphans, storeFile } from './files.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: EmbeddedServer;
let database: Database;
beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startEmbedded(folder.path);
  database = await connect(server.url, systemClock);
  await migrate(database.pool);
});
afterAll(async () => {
  await database.close();
  await server.stop();
  await folder.remove();
});

const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString();

async function stored(text: string, at: string): Promise<string> {
  const bytes = Buffer.from(text);
  const address = createHash('sha256').update(bytes).digest('base64url');
  expect(await storeFile(database, address, bytes, 'somebody', at)).toBe(true);
  return address;
}

test('[M2] a file that no envelope named goes after a month, a younger one and a named one stay', async () => {
  const old = await stored('old', day(1));
  const young = await stored('young', day(20));
  const named = await stored('named', day(1));
  await database.transaction((unit) => nameFiles(unit, [named], day(2)));
  expect(await removeOrphans(database, new Date(day(35)))).toBe(1);
  const left = await database.transaction((unit) => missingFiles(unit, [old, young, named]));
  expect(left).toEqual([old]);
});

test('[M2] a sweep that runs while an envelope takes an old file leaves the file', async () => {
  const file = await stored('taken at the last moment', day(1));
  const sweepWaits = async () => {
    for (;;) {
      const { rows } = await database.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from files%'`,
      );
      if (rows.length > 0) return;
    }
  };
  let sweeping: Promise<number> | undefined;
  await database.transaction(async (unit) => {
    expect(await missingFiles(unit, [file])).toEqual([]);
    sweeping = removeOrphans(database, new Date(day(35)));
    await sweepWaits();
    await nameFiles(unit, [file], day(35));
  });
  expect(await sweeping).toBe(0);
  expect(await database.transaction((unit) => missingFiles(unit, [file]))).toEqual([]);
});
