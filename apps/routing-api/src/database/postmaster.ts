import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running PostgreSQL server writes into its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that `postmaster.pid` names, if a process of that number lives. The file stays behind after a crash of
 * the machine, so the number may by now belong to something else: the caller connects before it believes.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  let text: string;
  try {
    text = await readFile(join(cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return undefined;
  return isAlive(pid) ? { pid, port } : undefined;
}

/**
 * False when the process is certainly not a server on this cluster. Only Linux lets us look; elsewhere the answer of
 * the port decides.
 */
export async function mayServe(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').includes(cluster);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fast shutdown (SIGINT): open transactions are rolled back, everything committed is on the disk. */
export async function endPostmaster(pid: number, withinMs: number): Promise<boolean> {
  if (!isAlive(pid)) return true;
  process.kill(pid, 'SIGINT');
  const until = performance.now() + withinMs;
  while (isAlive(pid)) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
