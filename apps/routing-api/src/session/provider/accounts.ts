import { err, ok, type Result } from '@tongban/core';
import type { Centre } from '../../http/context.ts';
import type { SessionStore } from '../store.ts';
import type { Vouched } from './claims.ts';

/**
 * Begins a session for somebody whom the provider vouches for; what it says today replaces what it said before, in
 * sessions that run as well. An account of another issuer, or one with a password here, is somebody else.
 */
export async function beginVouched(
  centre: Pick<Centre, 'database' | 'keys'>,
  store: SessionStore,
  issuer: string,
  one: Vouched,
): Promise<Result<string, 'account-of-another'>> {
  const person = one.residentId === undefined ? null : centre.keys.token('person', one.residentId);
  return centre.database.transaction(async (unit) => {
    const { rows } = await unit.query(
      `insert into accounts (account, issuer, name, role, department, hall, service_window, person)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (account) do update set name = excluded.name, role = excluded.role,
         department = excluded.department, hall = excluded.hall,
         service_window = excluded.service_window, person = excluded.person
       where accounts.issuer = excluded.issuer
       returning account`,
      [
        one.account,
        issuer,
        one.name,
        one.role,
        one.department ?? null,
        one.hall ?? null,
        one.window ?? null,
        person,
      ],
    );
    return rows.length === 0 ? err('account-of-another') : ok(await store.begin(unit, one));
  });
}
