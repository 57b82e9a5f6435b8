import { base64url, err, fromBase64url, type KeyVault, type Result } from '@tongban/core';
import Value from 'typebox/value';
import type { Centre } from '../centre/centre.ts';
import type { ProbedLine } from '../line/line.ts';
import { EnrolAnswer, type EnrolRequest } from '../protocol/index.ts';
import type { Kept } from '../storage/kept.ts';
import type { Timer } from '../surroundings/timer.ts';
import { type Admission, type AdmitFailure, keepAdmission, refusedAs } from './admission.ts';

/** Who asks to be admitted, and with what. */
export interface Applicant {
  readonly centre: Centre;
  readonly vault: KeyVault;
  readonly kept: Kept;
  readonly profile: EnrolRequest['profile'];
  readonly hall: string | undefined;
  readonly code: string | undefined;
}

export interface EnrolmentOptions extends Applicant {
  readonly line: ProbedLine;
  readonly timer: Timer;
}

export interface Enrolling {
  /** Resolves after the first answer of the centre, yes or no. */
  readonly heard: Promise<void>;
  /** Asks again: the centre does not know us, or lives a new life. */
  again(): void;
  stop(): Promise<void>;
}

const name = 'enrolment';
/** A centre that keeps saying that it does not know us is asked no more often, in ms. */
const atMostEvery = 30_000;

export function keptEnrolment(kept: Kept): Promise<EnrolAnswer | undefined> {
  return kept.get(name, EnrolAnswer);
}

export function watchEnrolment(kept: Kept, listener: (answer: EnrolAnswer) => void): () => void {
  return kept.watch((changed, value) => {
    if (changed === name && Value.Check(EnrolAnswer, value)) listener(value);
  });
}

/** Enrols at the first contact of this start, and again when asked. The worker's task. */
export function startEnrolling(options: EnrolmentOptions): Enrolling {
  const { line, timer } = options;
  const heard = Promise.withResolvers<void>();
  let due = true;
  let stopped = false;
  let underWay: Promise<void> | undefined;
  let resting: (() => void) | undefined;

  const unwatch = line.watch(pump);
  pump();

  function pump(): void {
    if (stopped || !due || underWay !== undefined || resting !== undefined) return;
    if (line.state().at !== 'connected') return;
    due = false;
    underWay = enrol().finally(() => {
      underWay = undefined;
      rest();
    });
  }

  function rest(): void {
    if (stopped) return;
    resting = timer.after(atMostEvery, () => {
      resting = undefined;
      pump();
    });
  }

  async function enrol(): Promise<void> {
    const asked = await askAdmission(options);
    if (asked.ok) {
      due = asked.value !== 'admitted';
      return heard.resolve();
    }
    due = true;
    if (asked.error === 'no-line') void line.probe();
    else heard.resolve();
  }

  return {
    heard: heard.promise,
    again() {
      due = true;
      pump();
    },
    async stop() {
      stopped = true;
      unwatch();
      resting?.();
      await underWay;
      heard.resolve();
    },
  };
}

/**
 * Asks the centre to admit this device, and keeps what it says: the certificates in the vault, the answer and the
 * admission in the store, where every tab sees them. `no-line` and `not-now` (a wrong clock, too many tries) say nothing
 * about the device.
 */
export async function askAdmission(applicant: Applicant): Promise<Result<Admission, AdmitFailure>> {
  const { kept, vault } = applicant;
  const answered = await applicant.centre.enrol(await request(applicant));
  if (!answered.ok) {
    if (answered.error.kind === 'fault') return err('no-line');
    const admission = refusedAs(answered.error.code);
    return admission === undefined ? err('not-now') : keepAdmission(kept, admission);
  }
  const { issuingChain } = answered.value;
  // The certificates first: an enrolment that is kept promises that its chain is in the vault.
  if (issuingChain.length > 0) {
    await vault.keepIssuingCertificate({ chain: issuingChain.map(fromBase64url) });
  }
  const written = await kept.set(name, answered.value);
  return written.ok ? keepAdmission(kept, 'admitted') : written;
}

async function request({ vault, profile, hall, code }: Applicant): Promise<EnrolRequest> {
  const { publicJwk } = await vault.terminal();
  const { x, y } = publicJwk;
  if (x === undefined || y === undefined) throw new Error('The vault names no EC key');
  const issuing = profile === 'phone' ? undefined : base64url(await vault.issuingPublicKey());
  return {
    jwk: { kty: 'EC', crv: 'P-256', x, y },
    profile,
    ...(hall === undefined ? {} : { hall }),
    ...(code === undefined ? {} : { code }),
    ...(issuing === undefined ? {} : { issuingKey: issuing }),
  };
}
