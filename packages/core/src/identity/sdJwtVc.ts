import Type from 'typebox';
import Value from 'typebox/value';
import { isCalendarDate } from '../form/calendarDate.ts';
import type { Clock } from '../ports/clock.ts';
import { err, ok, type Result } from '../result.ts';
import type { Credential, CredentialFailure } from './credential.ts';
import { jsonPart, signatureHolds } from './jws.ts';
import { disclosedClaims, splitSdJwtVc } from './sdJwt.ts';
import { type TrustList, trustedKey } from './trust.ts';

const Header = Type.Object({ alg: Type.Literal('ES256'), kid: Type.String() });

/** What the issuer itself must say in the open. `vct` is the kind in the trust list, letter by letter. */
const Claims = Type.Object({
  iss: Type.String(),
  vct: Type.String(),
  /** Seconds since 1970. Without an end a code could never be taken back where there is no line. */
  exp: Type.Number(),
  nbf: Type.Optional(Type.Number()),
  /** The holder's key. */
  cnf: Type.Optional(Type.Unknown()),
});
/** A holder who could add or hide these would decide over them. */
const inTheOpen = ['iss', 'vct', 'exp', 'nbf', 'cnf', 'status'] as const;
/** As long as identity evidence may carry it to the centre. */
const longest = 4_000;

/**
 * Verifies an SD-JWT verifiable credential without a line, against the keys that this terminal trusts (ES256). One that
 * names its holder's key (`cnf`) is only `read`: a key binding answers a question of the verifier, which a code on a
 * screen was never asked, so it may be a copy. `docs/decisions/0019-sd-jwt-vc.md` gives the rules.
 */
export async function openSdJwtVc(
  text: string,
  trust: TrustList,
  clock: Clock,
): Promise<Result<Credential, CredentialFailure>> {
  const parts = text.length > longest ? undefined : splitSdJwtVc(text);
  if (parts === undefined) return err('malformed');
  const [head = '', body = ''] = parts.jws.split('.');
  const header = jsonPart(head);
  const payload = jsonPart(body);
  if (!Value.Check(Header, header) || !Value.Check(Claims, payload)) return err('malformed');
  const { iss: issuer, vct: kind, exp, nbf = 0 } = payload;
  const jwk = trustedKey(trust, { issuer, kind, kid: header.kid });
  if (jwk === undefined) return err('unknown-issuer');
  if (!(await signatureHolds(parts.jws, jwk))) return err('bad-signature');
  const seconds = clock.now().getTime() / 1000;
  if (seconds < nbf || seconds >= exp) return err('expired');
  const claims = await disclosedClaims(payload, parts.disclosures);
  if (claims === undefined || inTheOpen.some((name) => name in claims && !(name in payload)))
    return err('malformed');
  const assurance = payload.cnf === undefined ? 'verified' : 'read';
  return ok({ kind, issuer, assurance, attributes: attributesOf(claims) });
}

/**
 * The attributes of our own vocabulary in `attr`, and of the standard claims (OpenID Connect Core, 5.1) those that mean
 * the same: a name in parts is put together only where both are Chinese, family name first.
 */
function attributesOf(claims: Readonly<Record<string, unknown>>): Credential['attributes'] {
  const { name, family_name: family, given_name: given, birthdate } = claims;
  const attributes = new Map<string, string>();
  if (isHan(family) && isHan(given)) attributes.set('name', family + given);
  if (typeof name === 'string' && name !== '') attributes.set('name', name);
  if (typeof birthdate === 'string' && isCalendarDate(birthdate))
    attributes.set('birthDate', birthdate);
  const own = typeof claims.attr === 'object' && claims.attr !== null ? claims.attr : {};
  for (const [attribute, value] of Object.entries(own))
    if (typeof value === 'string') attributes.set(attribute, value);
  return Object.fromEntries(attributes);
}

function isHan(name: unknown): name is string {
  return typeof name === 'string' && /^\p{Script=Han}+$/u.test(name);
}
