import { createHash } from 'node:crypto';
import { base64url, err, ok, type Random, type Result } from '@tongban/core';
import type { EnrolAnswer, EnrolRequest } from '@tongban/sync/protocol';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { countTry } from '../session/attempts.ts';
import { words } from '../words.ts';
import { type Authority, readIssuingKey } from './authority.ts';
import { defaultHall, hallName } from './hall.ts';
import { publishTrust } from './trusted.ts';

export type EnrolFailure =
  | 'enrolment-refused'
  | 'malformed-request'
  | 'terminal-closed'
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

interface Row {
  readonly profile: string;
  readonly name: string;
  readonly hall: string | null;
  readonly issuing_chain: {
    readonly key: string;
    readonly until: string;
    readonly chain: readonly string[];
  } | null;
  readonly closed_at: string | null;
}

/**
 * Takes a terminal in, or tells one that is known who it is: a terminal enrols at each start. Demonstration accepts
 * whoever comes; production asks for a code that was made for this terminal.
 */
export async function enrol(
  centre: Centre,
  authority: Authority | undefined,
  { terminal, request, from, correlation }: Enrolment,
): Promise<Result<EnrolAnswer, EnrolFailure>> {
  const spki =
    request.issuingKey === undefined ? undefined : await readIssuingKey(request.issuingKey);
  if (request.issuingKey !== undefined && spki === undefined) return err('malformed-request');
  return centre.database.transaction<Result<EnrolAnswer, EnrolFailure>>(async (unit) => {
    // One at a time: names are numbered, and two first starts of one terminal must meet.
    await unit.query('select pg_advisory_xact_lock(7300003)');
    const known = await unit.query<Row>(
      'select profile, name, hall, issuing_chain, closed_at from terminals where terminal = $1',
      [terminal],
    );
    let row = known.rows[0];
    if (row?.closed_at != null) return err('terminal-closed');
    if (row === undefined) {
      const may = await countTry(unit, `enrolment from ${from}`, newOnes, centre.clock.now());
      if (!may) return err('too-many-attempts');
      const admitted = await admit(centre, unit, terminal, request);
      if (admitted === undefined) return err('enrolment-refused');
      row = await take(centre, unit, terminal, request, admitted.hall);
      unit.audit({
        event: 'terminal.enrolled',
        actor: terminal,
        subject: terminal,
        correlation,
        detail: { profile: request.profile, hall: row.hall ?? '', code: admitted.byCode },
      });
    }
    const chain = await chainFor(centre, unit, authority, terminal, row, request.issuingKey, spki);
    return ok({
      terminal,
      name: row.name,
      hall: row.hall === null ? '' : hallName(row.hall),
      centreKey: { ...centre.keys.centreKey },
      issuingChain: [...chain],
    });
  });
}

async function admit(
  centre: Centre,
  unit: Unit,
  terminal: string,
  request: EnrolRequest,
): Promise<{ hall: string | null; byCode: boolean } | undefined> {
  if (centre.demonstration) {
    return {
      hall: request.profile === 'phone' ? null : (request.hall ?? defaultHall),
      byCode: false,
    };
  }
  // A phone belongs to a citizen: it carries no trust, so it needs no code.
  if (request.profile === 'phone') return { hall: null, byCode: false };
  if (request.code === undefined) return undefined;
  const used = await unit.query<{ hall: string | null }>(
    `update enrolment_codes set used_by = $1
     where code_hash = $2 and profile = $3 and used_by is null and expires_at > $4 returning hall`,
    [terminal, codeHash(request.code), request.profile, centre.clock.now().toISOString()],
  );
  const row = used.rows[0];
  return row === undefined ? undefined : { hall: row.hall ?? defaultHall, byCode: true };
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
  }
  return { profile: request.profile, name, hall, issuing_chain: null, closed_at: null };
}

/** The chain that was issued for this key before, or a new one; none for a phone. */
async function chainFor(
  centre: Centre,
  unit: Unit,
  authority: Authority | undefined,
  terminal: string,
  row: Row,
  keyText: string | undefined,
  key: Uint8Array | undefined,
): Promise<readonly string[]> {
  if (authority === undefined || key === undefined || row.profile === 'phone' || row.hall === null)
    return [];
  const now = centre.clock.now();
  const kept = row.issuing_chain;
  if (kept !== null && kept.key === keyText && kept.until > now.toISOString()) return kept.chain;
  const issued = await authority.issue({
    publicKey: key,
    hall: hallName(row.hall),
    terminal: row.name,
  });
  const chain = issued.map(base64url);
  // Renewed a year before it ends: a terminal may then be without a line for that long.
  const until = new Date(now.getTime() + 365 * 86_400_000).toISOString();
  await unit.query('update terminals set issuing_chain = $2 where terminal = $1', [
    terminal,
    JSON.stringify({ key: keyText, until, chain }),
  ]);
  return chain;
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
