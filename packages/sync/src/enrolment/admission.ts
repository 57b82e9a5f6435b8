import { ok, type Result, type StoreFailure } from '@tongban/core';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import type { Kept } from '../storage/kept.ts';

/**
 * How the centre sees this device, as it last said: `refused` it wants a code that staff type, `expired` it was away
 * for longer than its certificate holds and wants one again, `closed` it was taken out of service, `revoked` its keys
 * are trusted no more. `unknown` before the centre's first word.
 */
export const Admission = Type.Enum([
  'unknown',
  'admitted',
  'refused',
  'expired',
  'closed',
  'revoked',
]);
export type Admission = Static<typeof Admission>;

export type AdmitFailure = 'no-line' | 'not-now' | StoreFailure;

const name = 'admission';

const refusals: Readonly<Record<string, Admission>> = {
  'enrolment-refused': 'refused',
  'terminal-expired': 'expired',
  'terminal-closed': 'closed',
  'terminal-revoked': 'revoked',
};

/** What a problem code says about the admission; `undefined` where it says nothing. */
export function refusedAs(code: string): Admission | undefined {
  return refusals[code];
}

export async function keptAdmission(kept: Kept): Promise<Admission> {
  return (await kept.get(name, Admission)) ?? 'unknown';
}

export async function keepAdmission(
  kept: Kept,
  admission: Admission,
): Promise<Result<Admission, StoreFailure>> {
  // A write wakes every tab: what stands is not written again.
  if ((await keptAdmission(kept)) === admission) return ok(admission);
  const written = await kept.set(name, admission);
  return written.ok ? ok(admission) : written;
}

export function watchAdmission(kept: Kept, listener: (admission: Admission) => void): () => void {
  return kept.watch((changed, value) => {
    if (changed === name && Value.Check(Admission, value)) listener(value);
  });
}
