import { statfs } from 'node:fs/promises';

/** Why a backup or a restore was not done; each has one sentence with its remedy in the words of the command line. */
export type BackupRefusal =
  | 'folder-not-empty'
  | 'keys-beside-data'
  | 'keys-file-there'
  | 'manifest-missing'
  | 'manifest-changed'
  | 'part-missing'
  | 'part-changed'
  | 'schema-newer'
  | 'keys-missing'
  | 'wrong-passphrase'
  | 'passphrase-too-short'
  | 'other-keys-there'
  | 'database-not-empty'
  | 'no-centre'
  | 'disk-full';

/** Thrown for what whoever runs the command can put right. `about` is the file or number that it concerns. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
  readonly code: BackupRefusal;
  readonly about: string;
  constructor(code: BackupRefusal, about = '') {
    super(`${code} ${about}`.trim());
    this.code = code;
    this.about = about;
  }
}

/** So much PostgreSQL takes at a time for its own log, in bytes. */
const segment = 16 * 1024 * 1024;

/**
 * A full disk is something to put right; whatever else went wrong stays what it is. A PostgreSQL that finds no room for
 * its log ends without a word of that: then the disk below `folder` is asked.
 */
export async function orDiskFull(error: unknown, folder: string): Promise<unknown> {
  const { code, message } = error as NodeJS.ErrnoException;
  const full =
    code === 'ENOSPC' ||
    code === '53100' ||
    (/^Connection terminated|ECONNRESET|EPIPE/.test(message) && (await leftOn(folder)) < segment);
  return full ? new BackupRefused('disk-full', folder) : error;
}

async function leftOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
