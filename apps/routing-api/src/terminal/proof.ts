import { createHash } from 'node:crypto';
import { checkProof, proofHeader } from '@tongban/sync/protocol';
import type { FastifyRequest } from 'fastify';
import type { Centre } from '../http/context.ts';
import { verifyCompact } from '../keys/compactJws.ts';
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
  /** False when this process saw it before. */
  first(proof: string, now: Date): boolean;
}

/** A proof may be dated up to the tolerance ahead, and passes until the tolerance after that. */
const validUntil = (now: Date) => Math.ceil(now.getTime() / 1000) + 2 * clockTolerance;

export function rememberProofs(): SeenProofs {
  const seen = new Map<string, number>();
  let sweepAt = 0;
  return {
    first: (proof, now) => {
      const seconds = now.getTime() / 1000;
      if (seconds >= sweepAt) {
        for (const [old, until] of seen) if (until < seconds) seen.delete(old);
        sweepAt = seconds + 60;
      }
      if (seen.has(proof)) return false;
      seen.set(proof, validUntil(now));
      return true;
    },
  };
}

/** Forgets proofs that no longer pass by their time. */
export async function sweepProofs({ database, clock }: Pick<Centre, 'database' | 'clock'>) {
  const now = Math.floor(clock.now().getTime() / 1000);
  await database.query('delete from proofs where until < $1', [now]);
}

const codes: Record<string, ProblemCode> = {
  malformed: 'proof-malformed',
  'bad-signature': 'proof-bad-signature',
  'wrong-request': 'proof-wrong-request',
  clock: 'clock-wrong',
};

/** What only reads may be asked twice at two processes; what changes something is spent at all of them. */
const reading = ['GET', 'HEAD', 'OPTIONS'];

/** Checks the proof of possession (RFC 9449 in form) up to whether it was used at another process. */
async function checkedProof(request: FastifyRequest, centre: Centre, seen: SeenProofs) {
  const proof = request.headers[proofHeader];
  if (typeof proof !== 'string') throw new Refusal('proof-missing');
  if (proof.length > 4_000) throw new Refusal('proof-malformed');
  const now = centre.clock.now();
  const checked = await checkProof(
    proof,
    { method: request.method, url: request.url },
    now,
    clockTolerance,
    async (jws) => verifyCompact(jws),
  );
  if (!checked.ok) {
    const code = codes[checked.error] ?? 'proof-malformed';
    throw new Refusal(code, code === 'clock-wrong' ? { time: now.toISOString() } : {});
  }
  if (checked.jti.length > 200) throw new Refusal('proof-malformed');
  const token = createHash('sha256')
    .update(`${checked.terminal} ${checked.jti}`)
    .digest('base64url');
  if (!seen.first(token, now)) throw new Refusal('proof-replayed');
  return { ...checked, token, until: validUntil(now), changes: !reading.includes(request.method) };
}

const spending =
  'insert into proofs (proof, until) values ($1, $2) on conflict do nothing returning 1';

/** Checks and spends a proof. Throws a {@link Refusal}; answers the key that was proven. */
export async function proveKey(request: FastifyRequest, centre: Centre, seen: SeenProofs) {
  const checked = await checkedProof(request, centre, seen);
  if (!checked.changes) return checked;
  const { rowCount } = await centre.database.query(spending, [checked.token, checked.until]);
  if (rowCount === 0) throw new Refusal('proof-replayed');
  return checked;
}

interface TerminalRow {
  readonly first: boolean;
  readonly profile: Terminal['profile'] | null;
  readonly name: string;
  readonly hall: string | null;
  readonly status_group: string;
  readonly closed_at: string | null;
  readonly revoked_at: string | null;
  readonly certificate_until: string | null;
}

/** The enrolled terminal behind a request, in one question to the database. Throws a {@link Refusal}. */
export async function proveTerminal(
  request: FastifyRequest,
  centre: Centre,
  seen: SeenProofs,
): Promise<Terminal> {
  const { terminal, token, until, changes } = await checkedProof(request, centre, seen);
  const columns = 't.profile, t.name, t.hall, t.status_group, t.closed_at, t.revoked_at, t.certificate_until';
  const { rows } = changes
    ? await centre.database.query<TerminalRow>(
        `with spent as (${spending}) select exists (select from spent) as first, ${columns}
         from (values (1)) one left join terminals t on t.terminal = $3`,
        [token, until, terminal],
      )
    : await centre.database.query<TerminalRow>(
        `select true as first, ${columns} from terminals t where t.terminal = $1`,
        [terminal],
      );
  const row = rows[0];
  if (row?.first === false) throw new Refusal('proof-replayed');
  if (row === undefined || row.profile === null) throw new Refusal('terminal-unknown');
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
