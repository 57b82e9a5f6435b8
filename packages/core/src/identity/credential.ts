import { CompactSign, importJWK, type CryptoKey as JoseKey, type JWK } from 'jose';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { utf8 } from '../encoding.ts';
import type { Clock } from '../ports/clock.ts';
import { err, ok, type Result } from '../result.ts';
import type { Assurance, IdentityEvidence } from './evidence.ts';
import { jsonPart, signatureHolds } from './jws.ts';
import { openSdJwtVc } from './sdJwtVc.ts';
import { type TrustList, trustedKey } from './trust.ts';

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

export interface Credential {
  readonly kind: string;
  /** Id of the issuer in the trust list. */
  readonly issuer: string;
  /** `verified` where the signature proves who shows it, too; `read` where it may be a copy. */
  readonly assurance: Exclude<Assurance, 'declared'>;
  readonly attributes: Readonly<Record<string, string>>;
}

export type CredentialFailure = 'unknown-issuer' | 'bad-signature' | 'expired' | 'malformed';

/**
 * Verifies a credential without a line, against the keys that this terminal trusts (ES256): one of ours, or an SD-JWT
 * verifiable credential.
 */
export async function openCredential(
  code: string,
  trust: TrustList,
  clock: Clock,
): Promise<Result<Credential, CredentialFailure>> {
  if (code.includes('~')) return openSdJwtVc(code, trust, clock);
  const [head = '', body = ''] = code.split('.');
  const header = jsonPart(head);
  const claims = jsonPart(body);
  if (!Value.Check(Header, header) || !Value.Check(Claims, claims)) return err('malformed');
  const { iss: issuer, kind, attr: attributes } = claims;
  const jwk = trustedKey(trust, { issuer, kind, kid: header.kid });
  if (jwk === undefined) return err('unknown-issuer');
  if (!(await signatureHolds(code, jwk))) return err('bad-signature');
  const seconds = clock.now().getTime() / 1000;
  if (seconds < claims.nbf || seconds >= claims.exp) return err('expired');
  return ok({ kind, issuer, assurance: 'verified', attributes });
}

/** A person's credential as evidence: proven by a signature, as far as the credential can prove who shows it. */
export async function verifyCredential(
  code: string,
  trust: TrustList,
  clock: Clock,
): Promise<Result<IdentityEvidence, CredentialFailure>> {
  const opened = await openCredential(code, trust, clock);
  if (!opened.ok) return opened;
  const { kind, issuer, assurance, attributes } = opened.value;
  if (kind !== 'identity' || attributes.name === undefined || attributes.residentId === undefined)
    return err('malformed');
  return ok({
    source: 'credential-code',
    assurance,
    readAt: clock.now().toISOString(),
    issuer,
    credential: code,
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
