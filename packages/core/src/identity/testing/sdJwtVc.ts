import { CompactSign, importJWK, type CryptoKey as JoseKey } from 'jose';
import { base64url, sha256, utf8 } from '../../encoding.ts';
import type { CredentialIssuer } from '../credential.ts';

/** A disclosure as its holder shows it, and the digest that the issuer signed in its place. */
export async function disclosure(...parts: readonly unknown[]) {
  const shown = base64url(utf8(JSON.stringify(parts)));
  return { shown, digest: base64url(await sha256(utf8(shown))) };
}

/** Signs the issuer's part of an SD-JWT verifiable credential. */
export async function signSdJwt(
  { privateJwk }: CredentialIssuer,
  payload: Readonly<Record<string, unknown>>,
  typ = 'dc+sd-jwt',
): Promise<string> {
  const key = (await importJWK(privateJwk, 'ES256')) as JoseKey;
  const { kid = '' } = privateJwk;
  return new CompactSign(utf8(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ, kid })
    .sign(key);
}
