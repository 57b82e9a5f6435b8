import { statSync } from 'original-fs';
import type { OnDisk } from './update.ts';

/**
 * Looks at the file that the application was started from. Through the file system as it is: to Electron's own an
 * archive is a folder. The time is that of the inode, since a package brings the time of its making along.
 */
export function onDiskAt(path: string): () => OnDisk | undefined {
  return () => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    return { stamp: `${found.ino} ${found.size} ${found.mtimeMs}`, since: found.ctimeMs };
  };
}
