import { type Clock, err, ok, type PinFailure, type PinLock, type Result } from '@tongban/core';
import {
  CompactEncrypt,
  compactDecrypt,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import Type from 'typebox';
import Value from 'typebox/value';
import type { Centre } from '../centre/centre.ts';
import { grantType, StaffGrant, type Who } from '../protocol/index.ts';
import type { Kept } from '../storage/kept.ts';

export type PrepareFailure = 'no-line' | 'not-allowed' | 'weak-pin' | 'not-kept';
export type UnlockFailure =
  | PinFailure
  /** The time that the centre gave is over, or was given for another counter or by another centre. */
  | { readonly reason: 'over' };

/** Clerks at this counter while there is no line. */
export interface OfflineStaff {
  /** Who may try a PIN here. */
  accounts(): Promise<readonly string[]>;
  /** Sets a PIN for who is signed in, and fetches the grant that it opens. */
  prepare(account: string, pin: string): Promise<Result<void, PrepareFailure>>;
  /** After signing in with a line: the grant of somebody who has a PIN is made new. No PIN is needed for it. */
  refresh(account: string): Promise<void>;
  unlock(account: string, pin: string): Promise<Result<Who, UnlockFailure>>;
}

export interface OfflineStaffOptions {
  readonly pinLock: PinLock;
  readonly kept: Kept;
  readonly centre: Pick<Centre, 'staffGrant'>;
  readonly clock: Clock;
  readonly terminal: () => Promise<string>;
  /** The centre's key that grants are signed with, from the enrolment. */
  readonly grantKey: () => JWK | undefined;
}

/** A grant as it lies on the disk: encrypted to a key whose private half only the PIN opens. */
const Sealed = Type.Object({
  publicKey: Type.Record(Type.String(), Type.Unknown()),
  jwe: Type.Optional(Type.String()),
});
const nameOf = (account: string) => `grant ${account}`;
const latest = 'latest-time';
const agreement = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' } as const;

export function createOfflineStaff(options: OfflineStaffOptions): OfflineStaff {
  const { pinLock, kept, centre, clock } = options;

  async function fetchGrant(
    account: string,
    publicKey: JWK,
  ): Promise<Result<void, PrepareFailure>> {
    const answered = await centre.staffGrant();
    if (!answered.ok) return err(answered.error.kind === 'fault' ? 'no-line' : 'not-allowed');
    const key = await importJWK(publicKey, agreement.alg);
    const jwe = await new CompactEncrypt(new TextEncoder().encode(answered.value.grant))
      .setProtectedHeader(agreement)
      .encrypt(key);
    const written = await kept.set(nameOf(account), { publicKey, jwe });
    return written.ok ? ok(undefined) : err('not-kept');
  }

  /** The latest time that this device ever saw: a clock that is set back makes no grant last longer. */
  async function now(granted: string): Promise<Date> {
    const seen = (await kept.get(latest, Type.String())) ?? '';
    const times = [clock.now().toISOString(), seen, granted].sort();
    const time = times.at(-1) ?? granted;
    if (time !== seen) await kept.set(latest, time);
    return new Date(time);
  }

  async function read(jws: string): Promise<StaffGrant | undefined> {
    const grantKey = options.grantKey();
    if (grantKey === undefined) return undefined;
    try {
      const { payload, protectedHeader } = await compactVerify(
        jws,
        await importJWK(grantKey, 'ES256'),
        { algorithms: ['ES256'] },
      );
      const grant: unknown = JSON.parse(new TextDecoder().decode(payload));
      return protectedHeader.typ === grantType && Value.Check(StaffGrant, grant)
        ? grant
        : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    accounts: () => pinLock.accounts(),
    async prepare(account, pin) {
      if (isWeak(pin)) return err('weak-pin');
      const pair = await generateKeyPair(agreement.alg, { extractable: true });
      const granted = await fetchGrant(account, await exportJWK(pair.publicKey));
      if (!granted.ok) return granted;
      const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(pair.privateKey)));
      await pinLock.set(account, pin, secret);
      return ok(undefined);
    },
    async refresh(account) {
      const sealed = await kept.get(nameOf(account), Sealed);
      if (sealed !== undefined) await fetchGrant(account, sealed.publicKey as JWK);
    },
    async unlock(account, pin) {
      const opened = await pinLock.open(account, pin);
      if (!opened.ok) return opened;
      const over = err({ reason: 'over' } as const);
      const sealed = await kept.get(nameOf(account), Sealed);
      if (sealed?.jwe === undefined) return over;
      const privateKey = JSON.parse(new TextDecoder().decode(opened.value)) as JWK;
      let jws: string;
      try {
        const key = await importJWK(privateKey, agreement.alg);
        jws = new TextDecoder().decode((await compactDecrypt(sealed.jwe, key)).plaintext);
      } catch {
        return over;
      }
      const grant = await read(jws);
      if (grant === undefined || grant.who.account !== account) return over;
      if (grant.terminal !== (await options.terminal())) return over;
      if ((await now(grant.issuedAt)).toISOString() >= grant.until) return over;
      return ok(grant.who);
    },
  };
}

/** Too short, no digits, one digit over and over, or a run: the first that anybody tries. */
function isWeak(pin: string): boolean {
  if (!/^\d{6,12}$/.test(pin)) return true;
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1);
}
