import { systemClock, systemRandom } from '@tongban/core';
import { connect } from '../database/database.ts';
import { adminUrlOf } from '../database/embedded.ts';
import { makeEnrolmentCode } from './enrol.ts';

/**
 * Makes a one-use code with which a kiosk or counter enrols in production, valid for a day. The centre must have been
 * started once on this database; with a data folder it must be running. Throws when the database cannot be reached.
 */
export async function createEnrolmentCode(
  where: { readonly databaseUrl?: string; readonly dataFolder?: string },
  profile: 'kiosk' | 'counter',
  hall: string,
): Promise<string> {
  const url =
    where.databaseUrl ??
    (where.dataFolder === undefined ? undefined : await adminUrlOf(where.dataFolder));
  if (url === undefined) throw new Error('no database is running there');
  const database = await connect(url, systemClock);
  try {
    return await makeEnrolmentCode(
      { database, random: systemRandom, clock: systemClock },
      profile,
      hall,
    );
  } finally {
    await database.close();
  }
}
