import { checkProof, proofHeader } from '@tongban/sync/protocol';
import type { FastifyRequest } from 'fastify';
import type { Centre } from '../http/context.ts';
import { type ProblemCode, Refusal } from '../problem/refusal.ts';

/** A terminal that has proven itself in this request. */
export interface Terminal {
  readonly terminal: string;
  readonly profile: 'kiosk' | 'counter' | 'phone';
  readonly name: string;
  readonly hall: string | undefined;
  readonly statusGroup: string;
}

/** Seconds by which a terminal's clock may differ; beyond that it is told the centre's time. */
export const clockTolerance = 300;

/** Remembers proofs already used, as long as their time would let them pass again. */
export interface SeenProofs {
  /** False when it was seen before. */
  first(jti: string, now: Date): boolean;
}

export function rememberProofs(): SeenProofs {
  const seen = new Map<string, number>();
  let sweepAt = 0;
  return {
    first: (jti, now) => {
      const seconds = now.getTime() / 1000;
      if (seconds >= sweepAt) {
        for (const [old, until] of seen) if (until < seconds) seen.delete(old);
        sweepAt = seconds + 60;
      }
      if (seen.has(jti)) return false;
      // A proof may be dated up to the tolerance ahead, and passes until the tolerance after that.
      seen.set(jti, seconds + 2 * clockTolerance);
      return true;
    },
  };
}

const codes: Record<string, ProblemCode> = {
  malformed: 'proof-malformed',
  'bad-signature': 'proof-bad-signature',
  'wrong-request': 'proof-wrong-request',
  clock: 'clock-wrong',
};

/** Checks the proof of possession (RFC 9449 in form). Throws a {@link Refusal}; answers the key that was proven. */
export async function proveKey(request: FastifyRequest, centre: Centre, seen: SeenProofs) {
  const proof = request.headers[proofHeader];
  if (typeof proof !== 'string') throw new Refusal('proof-missing');
  if (proof.length > 4_000) throw new Refusal('proof-malformed');
  const now = centre.clock.now();
  const checked = await checkProof(
    proof,
    { method: request.method, url: request.url },
    now,
    clockTolerance,
  );
  if (!checked.ok) {
    const code = codes[checked.error] ?? 'proof-malformed';
    throw new Refusal(code, code === 'clock-wrong' ? { time: now.toISOString() } : {});
  }
  if (checked.jti.length > 200) throw new Refusal('proof-malformed');
  if (!seen.first(`${checked.terminal} ${checked.jti}`, now)) throw new Refusal('proof-replayed');
  return checked;
}

/** The enrolled terminal behind a request. Throws a {@link Refusal}. */
export async function proveTerminal(
  request: FastifyRequest,
  centre: Centre,
  seen: SeenProofs,
): Promise<Terminal> {
  const { terminal } = await proveKey(request, centre, seen);
  const { rows } = await centre.database.query<{
    profile: Terminal['profile'];
    name: string;
    hall: string | null;
    status_group: string;
    closed_at: string | null;
    revoked_at: string | null;
    certificate_until: string | null;
  }>(
    `select profile, name, hall, status_group, closed_at, revoked_at, certificate_until
     from terminals where terminal = $1`,
    [terminal],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('terminal-unknown');
  if (row.revoked_at !== null) throw new Refusal('terminal-revoked');
  if (row.closed_at !== null) throw new Refusal('terminal-closed');
  if (hasExpired(row.certificate_until, centre.clock.now())) throw new Refusal('terminal-expired');
  return {
    terminal,
    profile: row.profile,
    name: row.name,
    hall: row.hall ?? undefined,
    statusGroup: row.status_group,
  };
}

/** Whether a certificate of the terminal's own is past its end. One that never got any is not held to it. */
export function hasExpired(until: string | null, now: Date): boolean {
  return until !== null && until < now.toISOString();
}
