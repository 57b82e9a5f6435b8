import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminUrlOf } from '@tongban/routing-api';

/** What a process has used up since it began, and what it holds now. */
export interface Spent {
  readonly cpuMs: number;
  readonly rssMb: number;
}

export type Intake = Awaited<ReturnType<typeof startIntake>>;

/** A centre in a process of its own on a new database, so that the bench's own work does not count as its. */
export async function startIntake() {
  const outer = await mkdtemp(join(tmpdir(), 'tongban-intake-'));
  await chmod(outer, 0o711);
  const dataFolder = join(outer, 'data');
  await mkdir(dataFolder, { mode: 0o711 });
  const child = fork(join(import.meta.dirname, 'serve.ts'), [dataFolder], { execArgv: [] });
  const [{ origin }] = (await once(child, 'message')) as [{ origin: string }];
  const adminUrl = await adminUrlOf(dataFolder);
  if (adminUrl === undefined) throw new Error('The centre does not run.');
  return {
    origin,
    adminUrl,
    async spent(): Promise<Spent> {
      child.send('spent');
      const [spent] = (await once(child, 'message')) as [Spent];
      return spent;
    },
    async stop(): Promise<void> {
      child.send('stop');
      await once(child, 'exit');
      await rm(outer, { recursive: true, force: true });
    },
  };
}
