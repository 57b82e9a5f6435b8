import { execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** System account that a child process runs under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/**
 * PostgreSQL refuses to run as root. As root it runs as the owner of an existing cluster, else as `postgres`,
 * else as `nobody`, which every system has: nothing on the machine is created for it.
 * `undefined` when this process is not root (or the platform knows no root): then nothing is switched.
 */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) {
    return { uid: owner.uid, gid: owner.gid, name: String(owner.uid) };
  }
  return lookUp('postgres') ?? lookUp('nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' };
}

function lookUp(name: string): Account | undefined {
  try {
    const id = (flag: string) =>
      Number.parseInt(
        execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString(),
        10,
      );
    return { uid: id('-u'), gid: id('-g'), name };
  } catch {
    return undefined;
  }
}

/**
 * First folder on the way to `path` (itself included) that the account may not pass through, or `undefined`.
 * A clone under a home of mode 0700 is the usual case.
 */
export async function firstClosedFolder(
  path: string,
  account: Account | undefined,
): Promise<string | undefined> {
  const folders: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    folders.unshift(at);
    if (dirname(at) === at) break;
  }
  for (const folder of folders) {
    const mayPass =
      account === undefined
        ? await access(folder, constants.X_OK).then(
            () => true,
            () => false,
          )
        : await mayTraverse(folder, account);
    if (!mayPass) return folder;
  }
  return undefined;
}

async function mayTraverse(folder: string, account: Account): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
