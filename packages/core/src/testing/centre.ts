import type { JWK } from 'jose';

/** The centre's encryption key pair, so that tests can open what was sealed. */
export interface MemoryCentre {
  readonly publicJwk: JWK;
  /** As `open` asks for it. */
  readonly keyFor: (kid: string | undefined) => Promise<CryptoKey | undefined>;
}

export async function memoryCentre(kid = 'centre-1'): Promise<MemoryCentre> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    publicJwk: { kty, crv, x, y, kid, alg: 'ECDH-ES+A256KW' } as JWK,
    keyFor: async (asked) => (asked === kid ? pair.privateKey : undefined),
  };
}
