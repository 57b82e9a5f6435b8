import { createHash } from 'node:crypto';
import { base64url } from '@tongban/core';
import type { Who } from '@tongban/sync/protocol';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Person, Session } from './session.ts';

/** How long a session lasts: a working day. */
export const sessionSeconds = 8 * 3_600;

/** An account as it is stored, whichever way its owner signs in. */
export interface AccountRow {
  readonly account: string;
  readonly name: string;
  readonly role: Who['role'];
  readonly department: string | null;
  readonly hall: string | null;
  readonly service_window: string | null;
  readonly person: string | null;
}

/** An account as whoever vouches for it describes it. */
export interface Account {
  readonly account: string;
  readonly name: string;
  readonly role: Who['role'];
  readonly department?: string;
  readonly hall?: string;
  readonly window?: string;
  readonly residentId?: string;
}

export const accountColumns = 'account, name, role, department, hall, service_window, person';

/** Values of {@link accountColumns}: of an ID number only its keyed hash. */
export function accountValues(keys: Centre['keys'], one: Account): readonly (string | null)[] {
  return [
    one.account,
    one.name,
    one.role,
    one.department ?? null,
    one.hall ?? null,
    one.window ?? null,
    one.residentId === undefined ? null : keys.token('person', one.residentId),
  ];
}

/** Sessions in the database: several processes share them, and only the hash of a token is stored. */
export interface SessionStore extends Pick<Session, 'find' | 'end'> {
  /** Begins a session of this account inside a transaction. Answers the token for the cookie. */
  begin(unit: Unit, account: Pick<AccountRow, 'account' | 'role'>): Promise<string>;
  /** Forgets sessions that are over, and every citizen whom a provider vouched for and who has none left. */
  sweep(): Promise<void>;
}

export function sessionStore(centre: Pick<Centre, 'database' | 'clock' | 'random'>): SessionStore {
  const { database, clock } = centre;
  return {
    async begin(unit, { account, role }) {
      const now = clock.now();
      const token = base64url(centre.random.bytes(32));
      const until = new Date(now.getTime() + sessionSeconds * 1_000);
      await unit.query(
        'insert into sessions (token_hash, account, began_at, expires_at) values ($1, $2, $3, $4)',
        [hashToken(token), account, now.toISOString(), until.toISOString()],
      );
      unit.audit({
        event: 'session.began',
        actor: account,
        subject: account,
        correlation: hashToken(token).slice(0, 16),
        detail: { role },
      });
      return token;
    },
    async sweep() {
      await database.transaction(async (unit) => {
        await unit.query('delete from sessions where expires_at < $1', [clock.now().toISOString()]);
        await unit.query(
          `delete from accounts a where role = 'citizen' and issuer is not null
             and not exists (select from sessions s where s.account = a.account)`,
        );
      });
    },
    async find(token) {
      const { rows } = await database.query<AccountRow>(
        'select a.* from sessions s join accounts a using (account) where s.token_hash = $1 and s.expires_at > $2',
        [hashToken(token), clock.now().toISOString()],
      );
      return rows[0] === undefined ? undefined : personOf(rows[0]);
    },
    async end(token) {
      await database.transaction(async (unit) => {
        const ended = await unit.query<{ account: string }>(
          'delete from sessions where token_hash = $1 returning account',
          [hashToken(token)],
        );
        const account = ended.rows[0]?.account;
        if (account === undefined) return;
        const correlation = hashToken(token).slice(0, 16);
        unit.audit({
          event: 'session.ended',
          actor: account,
          subject: account,
          correlation,
          detail: {},
        });
      });
    },
  };
}

export function personOf(row: AccountRow): Person {
  return {
    who: {
      account: row.account,
      name: row.name,
      role: row.role,
      ...(row.department === null ? {} : { department: row.department }),
      ...(row.service_window === null ? {} : { window: row.service_window }),
    },
    ...(row.hall === null ? {} : { hall: row.hall }),
    ...(row.person === null ? {} : { person: row.person }),
  };
}

/** What is stored of a secret that a browser holds. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
