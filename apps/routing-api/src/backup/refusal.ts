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

/** A full disk is something to put right; whatever else went wrong stays what it is. */
export function orDiskFull(error: unknown, about: string): unknown {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC'
    ? new BackupRefused('disk-full', about)
    : error;
}
