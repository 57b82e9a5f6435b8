import { err, ok, type Result } from '@tongban/core';
import type { Centre } from '../../http/context.ts';
import { type Account, accountColumns, accountValues, type SessionStore } from '../store.ts';

/**
 * Begins a session for somebody whom the provider vouches for; what it says today replaces what it said before, in
 * sessions that run as well. An account of another issuer, or one with a password here, is somebody else.
 */
export async function beginVouched(
  centre: Pick<Centre, 'database' | 'keys'>,
  store: SessionStore,
  issuer: string,
  one: Account,
): Promise<Result<string, 'account-of-another'>> {
  return centre.database.transaction(async (unit) => {
    const { rows } = await unit.query(
      `insert into accounts (${accountColumns}, issuer)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (account) do update set name = excluded.name, role = excluded.role,
         department = excluded.department, hall = excluded.hall,
         service_window = excluded.service_window, person = excluded.person
       where accounts.issuer = excluded.issuer
       returning account`,
      [...accountValues(centre.keys, one), issuer],
    );
    return rows.length === 0 ? err('account-of-another') : ok(await store.begin(unit, one));
  });
}
