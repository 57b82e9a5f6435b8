import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import type { TrustList } from '@tongban/core';
import { StartFailure } from '../database/failure.ts';
import { startSentence } from '../words.ts';

/**
 * Issuers of credentials that count: the demonstration's, or in production the list that the operator put into the
 * data folder as `issuers.json`; without one no credential counts. A demonstration list is refused in production.
 */
export async function openTrust(dataFolder: string, demonstration: boolean): Promise<TrustList> {
  if (demonstration) return demonstrationTrust;
  let list: TrustList;
  try {
    list = JSON.parse(await readFile(join(dataFolder, 'issuers.json'), 'utf8')) as TrustList;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { demonstration: false, issuers: [] };
  }
  if (list.demonstration) {
    throw new StartFailure(
      'not-for-production',
      startSentence('not-for-production', { what: 'issuers.json' }),
    );
  }
  return list;
}
