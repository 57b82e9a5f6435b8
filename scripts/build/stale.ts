import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildTarget, buildTargets, root, sourcesHash } from './sources.ts';

/** A target with the hash of its sources as they are now. */
export interface StaleTarget extends BuildTarget {
  readonly hash: string;
}

interface Stamp {
  readonly hash: string;
  /** Relative to the root. */
  readonly output: string;
}

const stampPath = (target: BuildTarget): string =>
  join(root, '.cache', 'build', `${target.config.replaceAll('/', '-')}.${target.mode}.json`);

/** The targets that were never built, were built from other sources, or whose output is gone. */
export async function staleTargets(): Promise<StaleTarget[]> {
  const stale: StaleTarget[] = [];
  for (const target of await buildTargets()) {
    const hash = await sourcesHash(target);
    const stamp = await readStamp(target);
    if (stamp?.hash === hash && existsSync(join(root, stamp.output))) continue;
    stale.push({ ...target, hash });
  }
  return stale;
}

/** Notes that `target` was built from the sources whose hash it carries. */
export async function markBuilt(target: StaleTarget, output: string): Promise<void> {
  const path = stampPath(target);
  const stamp: Stamp = { hash: target.hash, output };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(stamp));
}

async function readStamp(target: BuildTarget): Promise<Stamp | undefined> {
  const path = stampPath(target);
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Stamp) : undefined;
}
