import { createHash } from 'node:crypto';
import { base64url, err, ok } from '@tongban/core';
import type { Who } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { countTry, forgiveTries } from './attempts.ts';
import { hashPassword, passwordFits } from './password.ts';
import { demonstrationPeople } from './people.ts';
import type { Person, Session } from './session.ts';

const lifeMs = 8 * 3_600_000;

interface Row {
  readonly account: string;
  readonly name: string;
  readonly role: Who['role'];
  readonly department: string | null;
  readonly hall: string | null;
  readonly service_window: string | null;
  readonly person: string | null;
  readonly password: string;
}

/** The port `Session` on accounts that everybody knows. Production refuses it. */
export async function demonstrationSession(
  centre: Pick<Centre, 'database' | 'keys' | 'clock' | 'random' | 'demonstration'>,
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
      if (row === undefined || !fits) return err('wrong-credentials');
      await forgiveTries(database, subject);
      const token = base64url(centre.random.bytes(32));
      await database.transaction(async (unit) => {
        await unit.query('delete from sessions where expires_at < $1', [now.toISOString()]);
        await unit.query(
          'insert into sessions (token_hash, account, began_at, expires_at) values ($1, $2, $3, $4)',
          [
            hashToken(token),
            account,
            now.toISOString(),
            new Date(now.getTime() + lifeMs).toISOString(),
          ],
        );
        unit.audit({
          event: 'session.began',
          actor: account,
          subject: account,
          correlation: hashToken(token).slice(0, 16),
          detail: { role: row.role },
        });
      });
      return ok({ token, person: personOf(row) });
    },
    async find(token) {
      const { rows } = await database.query<Row>(
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

async function plantAccounts(centre: Pick<Centre, 'database' | 'keys'>): Promise<void> {
  const { rows } = await centre.database.query<{ account: string }>('select account from accounts');
  const there = new Set(rows.map((row) => row.account));
  const missing = demonstrationPeople.filter(({ account }) => !there.has(account));
  // Side by side: hashing a password is meant to be slow.
  const hashed = await Promise.all(missing.map(({ password }) => hashPassword(password)));
  for (const [index, one] of missing.entries()) {
    const person =
      one.residentId === undefined ? null : centre.keys.token('person', one.residentId);
    await centre.database.query(
      `insert into accounts (account, name, role, department, hall, service_window, person, password)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [
        one.account,
        one.name,
        one.role,
        one.department ?? null,
        one.hall ?? null,
        one.window ?? null,
        person,
        hashed[index],
      ],
    );
  }
}

function personOf(row: Row): Person {
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

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
