import type { SigningKey } from './certificate.ts';

/** Who signs a document, with the certificates that speak for the key. */
export interface Signer extends SigningKey {
  /** DER. */
  readonly certificate: Uint8Array;
  /** The certificates above it, DER, next first. The root may be left out. */
  readonly chain: readonly Uint8Array[];
}

/** A signing key of WebCrypto: ECDSA on P-256, or RSASSA-PKCS1-v1_5 with SHA-256. Throws for any other. */
export function webCryptoKey(key: CryptoKey): SigningKey {
  const { name } = key.algorithm;
  if (name === 'ECDSA' && (key.algorithm as EcKeyAlgorithm).namedCurve === 'P-256') {
    return { algorithm: 'ES256', sign: (tbs) => sign({ name, hash: 'SHA-256' }, key, tbs) };
  }
  if (
    name === 'RSASSA-PKCS1-v1_5' &&
    (key.algorithm as RsaHashedKeyAlgorithm).hash.name === 'SHA-256'
  ) {
    return { algorithm: 'RS256', sign: (tbs) => sign({ name }, key, tbs) };
  }
  throw new Error(`No signatures with ${name} on this key`);
}

async function sign(
  algorithm: EcdsaParams | Algorithm,
  key: CryptoKey,
  tbs: Uint8Array,
): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, tbs as Uint8Array<ArrayBuffer>));
}
