import { type Result, systemClock, systemRandom } from '@tongban/core';
import { connect } from '../database/database.ts';
import { adminUrlOf } from '../database/embedded.ts';
import { revokedCertificates } from './certificates.ts';
import { makeEnrolmentCode } from './enrol.ts';
import {
  closeTerminal,
  listTerminals,
  type OperateFailure,
  type RevokedTerminal,
  revokeTerminal,
  type TerminalLine,
} from './operate.ts';

/** Where a centre's database is. One with a data folder of its own must be running. */
export interface CentrePlace {
  readonly databaseUrl?: string;
  readonly dataFolder?: string;
}

/** What an operator does to terminals, on the database itself; each act stands in the audit log. */
export interface TerminalOperator {
  /** A one-use code with which a kiosk or counter is admitted, valid for a day. */
  code(profile: 'kiosk' | 'counter', hall: string): Promise<string>;
  list(): Promise<readonly TerminalLine[]>;
  revoked(): Promise<ReadonlyMap<string, Date>>;
  close(which: string, why: string): Promise<Result<TerminalLine, OperateFailure>>;
  revoke(
    which: string,
    why: string,
    since: Date | undefined,
  ): Promise<Result<RevokedTerminal, OperateFailure>>;
}

/**
 * Does something with the terminals of a centre that was started at least once. Throws when its database cannot be
 * reached.
 */
export async function operateTerminals<T>(
  where: CentrePlace,
  act: (operator: TerminalOperator) => Promise<T>,
): Promise<T> {
  const url =
    where.databaseUrl ??
    (where.dataFolder === undefined ? undefined : await adminUrlOf(where.dataFolder));
  if (url === undefined) throw new Error('no database is running there');
  const database = await connect(url, systemClock);
  const centre = { database, random: systemRandom, clock: systemClock };
  try {
    return await act({
      code: (profile, hall) => makeEnrolmentCode(centre, profile, hall),
      list: () => listTerminals(centre),
      revoked: () => revokedCertificates(database),
      close: (which, why) => closeTerminal(centre, which, why),
      revoke: (which, why, since) => revokeTerminal(centre, which, why, since),
    });
  } finally {
    await database.close();
  }
}

/** {@link TerminalOperator.code}, for a program. */
export function createEnrolmentCode(
  where: CentrePlace,
  profile: 'kiosk' | 'counter',
  hall: string,
): Promise<string> {
  return operateTerminals(where, (operator) => operator.code(profile, hall));
}
