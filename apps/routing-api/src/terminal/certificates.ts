import { base64url, fromBase64url } from '@tongban/core';
import { serialOf } from '@tongban/core/sign';
import type { EnrolRequest } from '@tongban/sync/protocol';
import type { Database, Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { type Authority, issuingDays, terminalDays } from './authority.ts';
import { hallName } from './hall.ts';

const day = 86_400_000;

/** Certificates as they were last given out: for which key, until when the same ones are given again. DER, base64url. */
export interface GivenChain {
  readonly key: string;
  readonly until: string;
  readonly chain: readonly string[];
}

/** What of a terminal's row its certificates hang on. */
export interface CertifiedRow {
  readonly profile: string;
  readonly name: string;
  readonly hall: string | null;
  readonly issuing_chain: GivenChain | null;
  readonly certificate: GivenChain | null;
}

export interface TerminalCertificates {
  readonly issuingChain: readonly string[];
  readonly certificate: readonly string[];
}

interface Request {
  readonly terminal: string;
  readonly jwk: EnrolRequest['jwk'];
  readonly issuing: { readonly text: string; readonly spki: Uint8Array } | undefined;
  readonly correlation: string;
}

/**
 * The certificates of a kiosk or counter: those given before while they are young enough, else new ones. A phone
 * belongs to a citizen and gets none, nor does anybody where there is no authority.
 */
export async function certificatesFor(
  centre: Pick<Centre, 'clock'>,
  unit: Unit,
  authority: Authority | undefined,
  row: CertifiedRow,
  request: Request,
): Promise<TerminalCertificates> {
  const { hall } = row;
  if (authority === undefined || row.profile === 'phone' || hall === null)
    return { issuingChain: [], certificate: [] };
  const { terminal, issuing } = request;
  const about = { hall: hallName(hall), terminal: row.name };
  const now = centre.clock.now();

  /** `days` it holds, `again` days in which the same is given out again. */
  async function given(
    kept: GivenChain | null,
    key: { readonly text: string; readonly spki: Uint8Array },
    kind: 'issuing' | 'terminal',
    { days, again }: { readonly days: number; readonly again: number },
  ): Promise<readonly string[]> {
    if (kept !== null && kept.key === key.text && kept.until > now.toISOString()) return kept.chain;
    const make = kind === 'issuing' ? authority?.issue : authority?.certify;
    const made = (await make?.({ ...about, publicKey: key.spki })) ?? [];
    const [own] = made;
    if (own === undefined) return [];
    const serial = serialOf(own);
    const until = new Date(now.getTime() + days * day).toISOString();
    const chain = made.map(base64url);
    const next: GivenChain = {
      key: key.text,
      until: new Date(now.getTime() + again * day).toISOString(),
      chain,
    };
    await unit.query(
      'insert into certificates (serial, terminal, kind, issued_at, until) values ($1, $2, $3, $4, $5)',
      [serial, terminal, kind, now.toISOString(), until],
    );
    await unit.query(
      kind === 'issuing'
        ? 'update terminals set issuing_chain = $2 where terminal = $1'
        : 'update terminals set certificate = $2, certificate_until = $3 where terminal = $1',
      [terminal, JSON.stringify(next), ...(kind === 'issuing' ? [] : [until])],
    );
    unit.audit({
      event: 'terminal.certified',
      actor: 'centre',
      subject: terminal,
      correlation: request.correlation,
      detail: { kind, serial, until },
    });
    return chain;
  }

  const own = { text: request.jwk.x, spki: await spkiOf(request.jwk) };
  return {
    // Given out anew a month after it was made: who enrols at all keeps at least a year.
    certificate: await given(row.certificate, own, 'terminal', { days: terminalDays, again: 30 }),
    // Renewed a year before it ends: a terminal may then be without a line for that long.
    issuingChain:
      issuing === undefined
        ? []
        : await given(row.issuing_chain, issuing, 'issuing', { days: issuingDays, again: 365 }),
  };
}

async function spkiOf(jwk: EnrolRequest['jwk']): Promise<Uint8Array> {
  const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
  const key = await crypto.subtle.importKey('jwk', jwk, p256, true, ['verify']);
  return new Uint8Array(await crypto.subtle.exportKey('spki', key));
}

/** Certificates that count no more, by serial number, with the moment from which. */
export async function revokedCertificates(
  database: Pick<Database, 'query'>,
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await database.query<{ serial: string; revoked_at: string }>(
    'select serial, revoked_at from certificates where revoked_at is not null order by serial',
  );
  return new Map(rows.map((row) => [row.serial, new Date(row.revoked_at)]));
}

/**
 * Revokes every certificate that a terminal ever got, also those that were given before they were written down one by
 * one. Answers how many there are.
 */
export async function revokeCertificates(
  unit: Unit,
  terminal: string,
  from: string,
): Promise<number> {
  const { rows } = await unit.query<{ issuing_chain: GivenChain | null; enrolled_at: string }>(
    'select issuing_chain, enrolled_at from terminals where terminal = $1',
    [terminal],
  );
  const newest = rows[0]?.issuing_chain?.chain[0];
  if (newest !== undefined) {
    await unit.query(
      `insert into certificates (serial, terminal, kind, issued_at, until)
       values ($1, $2, 'issuing', $3, $4) on conflict do nothing`,
      [
        serialOf(fromBase64url(newest)),
        terminal,
        rows[0]?.enrolled_at,
        rows[0]?.issuing_chain?.until,
      ],
    );
  }
  const revoked = await unit.query(
    'update certificates set revoked_at = $2 where terminal = $1 and (revoked_at is null or revoked_at > $2)',
    [terminal, from],
  );
  return revoked.rowCount ?? 0;
}

/** Tells these halls which certificates count no more. */
export async function publishRevoked(unit: Unit, halls: readonly string[]): Promise<void> {
  const revoked = [...(await revokedCertificates(unit))].map(([serial, from]) => ({
    serial,
    from: from.toISOString(),
  }));
  if (revoked.length === 0) return;
  for (const hall of halls) {
    unit.publish({
      scope: `settings:hall:${hall}`,
      id: 'revoked',
      body: { id: 'revoked', revoked },
    });
  }
}
