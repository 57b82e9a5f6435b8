import { err, ok } from '@tongban/core';
import type { Centre } from '../http/context.ts';
import { countTry, forgiveTries } from './attempts.ts';
import { hashPassword, passwordFits } from './password.ts';
import { demonstrationPeople } from './people.ts';
import type { Session } from './session.ts';
import {
  type AccountRow,
  accountColumns,
  accountValues,
  personOf,
  type SessionStore,
} from './store.ts';

interface Row extends AccountRow {
  /** Null for who signs in through the identity provider. */
  readonly password: string | null;
}

/** The port `Session` on accounts that everybody knows. Production refuses it. */
export async function demonstrationSession(
  centre: Pick<Centre, 'database' | 'keys' | 'clock' | 'demonstration'>,
  store: SessionStore,
): Promise<Session> {
  if (!centre.demonstration) throw new Error('demonstration accounts are refused in production');
  const { database, clock } = centre;
  await plantAccounts(centre);
  // A name that nobody has takes as long as a wrong password.
  const nobody = await hashPassword('nobody');

  return {
    async signIn(account, password, from) {
      const now = clock.now();
      const subject = `sign-in ${account.slice(0, 60)}`;
      const may =
        (await countTry(database, subject, 10, now)) &&
        (await countTry(database, `sign-in from ${from}`, 200, now));
      if (!may) return err('too-many-attempts');
      const { rows } = await database.query<Row>('select * from accounts where account = $1', [
        account,
      ]);
      const row = rows[0];
      const fits = await passwordFits(password, row?.password ?? nobody);
      // Who signs in through the provider has no password, and no word stands in for one.
      if (!row?.password || !fits) return err('wrong-credentials');
      await forgiveTries(database, subject);
      const token = await database.transaction((unit) => store.begin(unit, row));
      return ok({ token, person: personOf(row) });
    },
    find: store.find,
    end: store.end,
  };
}

async function plantAccounts(centre: Pick<Centre, 'database' | 'keys'>): Promise<void> {
  const { rows } = await centre.database.query<{ account: string }>('select account from accounts');
  const there = new Set(rows.map((row) => row.account));
  const missing = demonstrationPeople.filter(({ account }) => !there.has(account));
  // Side by side: hashing a password is meant to be slow.
  const hashed = await Promise.all(missing.map(({ password }) => hashPassword(password)));
  for (const [index, one] of missing.entries()) {
    await centre.database.query(
      `insert into accounts (${accountColumns}, password)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [...accountValues(centre.keys, one), hashed[index]],
    );
  }
}
