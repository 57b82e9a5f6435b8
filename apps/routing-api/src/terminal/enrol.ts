import { createHash } from 'node:crypto';
import { err, ok, type Random, type Result } from '@tongban/core';
import type { EnrolAnswer, EnrolRequest } from '@tongban/sync/protocol';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { countTry } from '../session/attempts.ts';
import { words } from '../words.ts';
import { type Authority, readIssuingKey } from './authority.ts';
import { type CertifiedRow, certificatesFor, publishRevoked } from './certificates.ts';
import { defaultHall, hallName } from './hall.ts';
import { hasExpired } from './proof.ts';
import { publishTrust } from './trusted.ts';

export type EnrolFailure =
  | 'enrolment-refused'
  | 'malformed-request'
  | 'terminal-closed'
  | 'terminal-expired'
  | 'terminal-revoked'
  | 'too-many-attempts';

export interface Enrolment {
  /** Thumbprint of the key that was proven. */
  readonly terminal: string;
  readonly request: EnrolRequest;
  /** Address it came from. */
  readonly from: string;
  readonly correlation: string;
}

/** New terminals from one address in a quarter of an hour; a hall's network has many phones behind one. */
const newOnes = 500;

interface Row extends CertifiedRow {
  readonly certificate_until: string | null;
  readonly closed_at: string | null;
  readonly revoked_at: string | null;
}

/**
 * Takes a terminal in, or tells one that is known who it is: a terminal enrols at each start. Demonstration accepts
 * whoever comes; production asks for a code that was made for this terminal. With such a code one comes back that was
 * closed, or away for longer than its certificate holds; one whose keys were revoked never does.
 */
export async function enrol(
  centre: Centre,
  authority: Authority | undefined,
  { terminal, request, from, correlation }: Enrolment,
): Promise<Result<EnrolAnswer, EnrolFailure>> {
  const spki =
    request.issuingKey === undefined ? undefined : await readIssuingKey(request.issuingKey);
  if (request.issuingKey !== undefined && spki === undefined) return err('malformed-request');
  const issuing =
    request.issuingKey === undefined || spki === undefined
      ? undefined
      : { text: request.issuingKey, spki };
  return centre.database.transaction<Result<EnrolAnswer, EnrolFailure>>(async (unit) => {
    // One at a time: names are numbered, and two first starts of one terminal must meet.
    await unit.query('select pg_advisory_xact_lock(7300003)');
    const known = await unit.query<Row>(
      `select profile, name, hall, issuing_chain, certificate, certificate_until, closed_at, revoked_at
       from terminals where terminal = $1`,
      [terminal],
    );
    let row = known.rows[0];
    if (row?.revoked_at != null) return err('terminal-revoked');
    const out = row === undefined ? 'unknown' : whyOut(row, centre.clock.now());
    if (out !== undefined) {
      const may = await countTry(unit, `enrolment from ${from}`, newOnes, centre.clock.now());
      if (!may) return err('too-many-attempts');
      const admitted = await admit(centre, unit, terminal, request, row?.hall ?? undefined);
      // Whoever closed it had a reason: only a code made for it opens it again, in a demonstration too.
      if (admitted === undefined || (out === 'closed' && !admitted.byCode))
        return err(refusal[out]);
      if (row === undefined) row = await take(centre, unit, terminal, request, admitted.hall);
      else
        await unit.query('update terminals set closed_at = null where terminal = $1', [terminal]);
      unit.audit({
        event: out === 'unknown' ? 'terminal.enrolled' : 'terminal.admitted-again',
        actor: terminal,
        subject: terminal,
        correlation,
        detail: {
          profile: row.profile,
          hall: row.hall ?? '',
          code: admitted.byCode,
          ...(out === 'unknown' ? {} : { was: out }),
        },
      });
    }
    if (row === undefined) throw new Error('admitted without a row');
    const { jwk } = request;
    const asked = { terminal, jwk, issuing, correlation };
    const { issuingChain, certificate } = await certificatesFor(
      centre,
      unit,
      authority,
      row,
      asked,
    );
    return ok({
      terminal,
      name: row.name,
      hall: row.hall === null ? '' : hallName(row.hall),
      centreKey: { ...centre.keys.centreKey },
      issuingChain: [...issuingChain],
      certificate: [...certificate],
      grantKey: { ...centre.grants.publicKey },
    });
  });
}

const refusal = {
  unknown: 'enrolment-refused',
  closed: 'terminal-closed',
  expired: 'terminal-expired',
} as const;

function whyOut(row: Row, now: Date): 'closed' | 'expired' | undefined {
  if (row.closed_at !== null) return 'closed';
  return hasExpired(row.certificate_until, now) ? 'expired' : undefined;
}

async function admit(
  centre: Centre,
  unit: Unit,
  terminal: string,
  request: EnrolRequest,
  /** Hall of a terminal that is known already: a code for another hall is not for it. */
  standing: string | undefined,
): Promise<{ hall: string | null; byCode: boolean } | undefined> {
  // A phone belongs to a citizen: it carries no trust, so it needs no code.
  if (request.profile === 'phone') return { hall: null, byCode: false };
  const named = await spendCode(centre, unit, terminal, request, standing);
  if (named !== undefined) return { hall: named ?? defaultHall, byCode: true };
  return centre.demonstration ? { hall: request.hall ?? defaultHall, byCode: false } : undefined;
}

/** Hall of the code, which is used up then; `undefined` where it is none for this terminal. */
async function spendCode(
  centre: Centre,
  unit: Unit,
  terminal: string,
  { code, profile }: EnrolRequest,
  standing: string | undefined,
): Promise<string | null | undefined> {
  if (code === undefined) return undefined;
  const used = await unit.query<{ hall: string | null }>(
    `update enrolment_codes set used_by = $1
     where code_hash = $2 and profile = $3 and used_by is null and expires_at > $4
       and ($5::text is null or hall = $5) returning hall`,
    [terminal, codeHash(code), profile, centre.clock.now().toISOString(), standing ?? null],
  );
  return used.rows[0]?.hall;
}

async function take(
  centre: Centre,
  unit: Unit,
  terminal: string,
  request: EnrolRequest,
  hall: string | null,
): Promise<Row> {
  const { rows } = await unit.query<{ n: number }>(
    'select count(*)::int as n from terminals where profile = $1 and hall is not distinct from $2',
    [request.profile, hall],
  );
  const number = String((rows[0]?.n ?? 0) + 1).padStart(2, '0');
  const group = hall === null ? `terminal:${terminal}` : `hall:${hall}`;
  const name = words['zh-CN'].terminal[request.profile].replace('{n}', number);
  await unit.query(
    'insert into terminals (terminal, jwk, profile, name, hall, status_group, enrolled_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [terminal, request.jwk, request.profile, name, hall, group, centre.clock.now().toISOString()],
  );
  publishTrust(unit, group, centre.trust);
  if (hall !== null) {
    unit.publish({
      scope: `settings:hall:${hall}`,
      id: 'hall',
      body: { id: 'hall', hall, name: hallName(hall) },
    });
    await publishRevoked(unit, [hall]);
  }
  return {
    profile: request.profile,
    name,
    hall,
    issuing_chain: null,
    certificate: null,
    certificate_until: null,
    closed_at: null,
    revoked_at: null,
  };
}

/** Makes a one-use enrolment code for a terminal of this profile and hall, valid for a day. */
export async function makeEnrolmentCode(
  centre: Pick<Centre, 'database' | 'random' | 'clock'>,
  profile: 'kiosk' | 'counter',
  hall: string,
): Promise<string> {
  const code = digitsOf(centre.random);
  const expires = new Date(centre.clock.now().getTime() + 86_400_000).toISOString();
  await centre.database.transaction(async (unit) => {
    await unit.query(
      'insert into enrolment_codes (code_hash, profile, hall, expires_at) values ($1, $2, $3, $4)',
      [codeHash(code), profile, hall, expires],
    );
    unit.audit({
      event: 'terminal.code-made',
      actor: 'operator',
      subject: `hall:${hall}`,
      correlation: 'command-line',
      detail: { profile },
    });
  });
  return code;
}

/** 16 digits in groups of four, as people read them out and type them on keys for digits. */
function digitsOf(random: Random): string {
  const digits: number[] = [];
  while (digits.length < 16) {
    // What lies above the last whole ten would make some digits more likely.
    const fair = [...random.bytes(16)].filter((byte) => byte < 250);
    digits.push(...fair.map((byte) => byte % 10));
  }
  return (digits.slice(0, 16).join('').match(/\d{4}/g) ?? []).join('-');
}

function codeHash(code: string): string {
  return createHash('sha256').update(code.replace(/\D/g, '')).digest('base64url');
}
