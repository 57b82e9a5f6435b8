import { CompactSign, compactVerify, importJWK, type CryptoKey as JoseKey, type JWK } from 'jose';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { fromBase64url, utf8 } from '../encoding.ts';
import type { Clock } from '../ports/clock.ts';
import { err, ok, type Result } from '../result.ts';
import type { IdentityEvidence } from './evidence.ts';

/** Type of the compact JWS (RFC 7515) in a credential's QR code. */
export const credentialType = 'tongban-credential+jwt';

/**
 * What an issuer says in a code: claims of RFC 7519, small enough for a QR code. `kind` is `identity` for a person,
 * else the kind of e-certificate; `attr` its attributes.
 */
const Claims = Type.Object({
  iss: Type.String(),
  kind: Type.String(),
  /** Seconds since 1970. */
  nbf: Type.Number(),
  exp: Type.Number(),
  attr: Type.Record(Type.String(), Type.String()),
});

/** Whose signatures count. Keys are found by `kid`; an issuer speaks only for the kinds it is listed with. */
export interface TrustList {
  /** True where an issuer of demonstration credentials is among them; production refuses such a list. */
  readonly demonstration: boolean;
  readonly issuers: readonly {
    readonly id: string;
    readonly name: string;
    readonly kinds: readonly string[];
    readonly keys: readonly JWK[];
  }[];
}

export interface Credential {
  readonly kind: string;
  /** Id of the issuer in the trust list. */
  readonly issuer: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export type CredentialFailure = 'unknown-issuer' | 'bad-signature' | 'expired' | 'malformed';

/** Verifies a credential without a line, against the keys that this terminal trusts (ES256). */
export async function openCredential(
  jws: string,
  trust: TrustList,
  clock: Clock,
): Promise<Result<Credential, CredentialFailure>> {
  const [head = '', body = ''] = jws.split('.');
  const header = json(head);
  const claims = json(body);
  if (!Value.Check(Header, header) || !Value.Check(Claims, claims)) return err('malformed');
  const issuer = trust.issuers.find(({ id }) => id === claims.iss);
  const jwk = issuer?.keys.find(({ kid }) => kid === header.kid);
  if (issuer === undefined || jwk === undefined || !issuer.kinds.includes(claims.kind))
    return err('unknown-issuer');
  const key = await importJWK(jwk, 'ES256');
  try {
    await compactVerify(jws, key, { algorithms: ['ES256'] });
  } catch {
    return err('bad-signature');
  }
  const seconds = clock.now().getTime() / 1000;
  if (seconds < claims.nbf || seconds >= claims.exp) return err('expired');
  return ok({ kind: claims.kind, issuer: issuer.id, attributes: claims.attr });
}

/** A person's credential as evidence: `verified`, because a signature proved it. */
export async function verifyCredential(
  jws: string,
  trust: TrustList,
  clock: Clock,
): Promise<Result<IdentityEvidence, CredentialFailure>> {
  const opened = await openCredential(jws, trust, clock);
  if (!opened.ok) return opened;
  const { kind, issuer, attributes } = opened.value;
  if (kind !== 'identity' || attributes.name === undefined || attributes.residentId === undefined)
    return err('malformed');
  return ok({
    source: 'credential-code',
    assurance: 'verified',
    readAt: clock.now().toISOString(),
    issuer,
    credential: jws,
    attributes: { ...attributes },
  });
}

/** Key pair of an issuer: the private JWK, with its `kid`. */
export interface CredentialIssuer {
  readonly id: string;
  readonly privateJwk: JWK;
}

/** Signs a credential, valid from `validFrom` for `days` days. */
export async function issueCredential(
  issuer: CredentialIssuer,
  credential: { readonly kind: string; readonly attributes: Readonly<Record<string, string>> },
  validFrom: Date,
  days: number,
): Promise<string> {
  const nbf = Math.floor(validFrom.getTime() / 1000);
  const claims: Static<typeof Claims> = {
    iss: issuer.id,
    kind: credential.kind,
    nbf,
    exp: nbf + days * 86_400,
    attr: { ...credential.attributes },
  };
  const { kid } = issuer.privateJwk;
  if (kid === undefined) throw new TypeError('An issuer’s key has a kid');
  const key = (await importJWK(issuer.privateJwk, 'ES256')) as JoseKey;
  return new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ: credentialType, kid })
    .sign(key);
}

const Header = Type.Object({
  alg: Type.Literal('ES256'),
  typ: Type.Literal(credentialType),
  kid: Type.String(),
});

function json(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(fromBase64url(part)));
  } catch {
    return undefined;
  }
}
