/** Writes THIRD-PARTY-NOTICES from what is installed. `npm run check` tells when it is out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build/sources.ts';
import type { Lockfile } from './check/lockfile.ts';
import { collectNotices, renderNotices } from './notices/collect.ts';
import { derivedNotices } from './notices/derived.ts';

export const noticesPath = join(root, 'THIRD-PARTY-NOTICES');

/** The notices as they have to be now. */
export function currentNotices(): string {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
  return renderNotices([...collectNotices(root, lock), ...derivedNotices(root)]);
}

if (import.meta.main) writeFileSync(noticesPath, currentNotices());
