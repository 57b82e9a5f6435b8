import { concat, equal } from './bytes.ts';
import {
  type Der,
  decode,
  encode,
  integer,
  Malformed,
  members,
  nothing,
  oid,
  readBits,
  readInteger,
  readOid,
  sequence,
} from './der.ts';
import { oids } from './oids.ts';

/** Algorithms that sign here: ECDSA on P-256, or RSASSA-PKCS1-v1_5, both over SHA-256 (names of RFC 7518). */
export type SignatureAlgorithm = 'ES256' | 'RS256';

/** AlgorithmIdentifier of a signature (RFC 5758; RFC 8017 wants NULL with RSA). */
export function signatureIdentifier(algorithm: SignatureAlgorithm): Der {
  return algorithm === 'ES256'
    ? sequence(oid(oids.ecdsaSha256))
    : sequence(oid(oids.rsaSha256), nothing());
}

const curves: Readonly<Record<string, { name: string; size: number }>> = {
  [oids.p256]: { name: 'P-256', size: 32 },
  [oids.p384]: { name: 'P-384', size: 48 },
  [oids.p521]: { name: 'P-521', size: 66 },
};

const schemes: Readonly<Record<string, { family: 'ECDSA' | 'RSA'; hash: string }>> = {
  [oids.ecdsaSha256]: { family: 'ECDSA', hash: 'SHA-256' },
  [oids.ecdsaSha384]: { family: 'ECDSA', hash: 'SHA-384' },
  [oids.ecdsaSha512]: { family: 'ECDSA', hash: 'SHA-512' },
  [oids.rsaSha256]: { family: 'RSA', hash: 'SHA-256' },
  [oids.rsaSha384]: { family: 'RSA', hash: 'SHA-384' },
  [oids.rsaSha512]: { family: 'RSA', hash: 'SHA-512' },
};

/** Smallest RSA modulus that counts, in bits. */
const leastRsa = 2048;

/** WebCrypto's r‖s as the ECDSA-Sig-Value of certificates and CMS (RFC 3279, 2.2.3). */
export function ecdsaToDer(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const half = raw.length / 2;
  return encode(sequence(integer(raw.subarray(0, half)), integer(raw.subarray(half))));
}

/** Inverse of {@link ecdsaToDer} for numbers of `size` bytes. */
function ecdsaFromDer(der: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const [r, s, ...more] = members(decode(der), 'SEQUENCE');
  if (more.length > 0) throw new Malformed('Bad ECDSA-Sig-Value');
  return concat(...[r, s].map((node) => leftPad(readInteger(node), size)));
}

function leftPad(magnitude: Uint8Array, size: number): Uint8Array {
  if (magnitude.length > size) throw new Malformed('Number too large for the curve');
  return concat(new Uint8Array(size - magnitude.length), magnitude);
}

/** Signature as certificates and CMS carry it, from what WebCrypto gave. */
export function signatureValue(algorithm: SignatureAlgorithm, raw: Uint8Array): Uint8Array {
  return algorithm === 'ES256' ? ecdsaToDer(raw) : raw;
}

/** How a signature came out. `unsupported`: an algorithm, curve or key length that does not count here. */
export type SignatureCheck = 'valid' | 'invalid' | 'unsupported';

/**
 * Checks a signature with WebCrypto.
 * @param publicKey SubjectPublicKeyInfo (RFC 5280, 4.1.2.7)
 * @param identifier AlgorithmIdentifier of the signature; `rsaEncryption` in CMS takes its hash from `digest`
 */
export async function checkSignature(
  publicKey: Uint8Array,
  identifier: Der,
  signature: Uint8Array,
  signed: Uint8Array,
  digest?: string,
): Promise<SignatureCheck> {
  const [algorithm, parameters, ...more] = members(identifier, 'SEQUENCE');
  const name = readOid(algorithm);
  const plain = parameters === undefined || (!name.startsWith(oids.ecdsa) && isNull(parameters));
  if (!plain || more.length > 0) throw new Malformed('Unexpected parameters');
  const scheme =
    name === oids.rsaEncryption && digest !== undefined
      ? { family: 'RSA' as const, hash: digest }
      : schemes[name];
  const [keyAlgorithm, keyBits] = members(decode(publicKey), 'SEQUENCE');
  const [keyType, keyCurve] = members(keyAlgorithm, 'SEQUENCE');
  readBits(keyBits);
  if (scheme?.family === 'ECDSA' && readOid(keyType) === oids.ecPublicKey) {
    const curve = curves[readOid(keyCurve)];
    if (!curve) return 'unsupported';
    const key = await importKey(publicKey, { name: 'ECDSA', namedCurve: curve.name });
    const raw = ecdsaFromDer(signature, curve.size);
    return verdict(
      await crypto.subtle.verify({ name: 'ECDSA', hash: scheme.hash }, key, raw, own(signed)),
    );
  }
  if (scheme?.family === 'RSA' && readOid(keyType) === oids.rsaEncryption) {
    const key = await importKey(publicKey, { name: 'RSASSA-PKCS1-v1_5', hash: scheme.hash });
    if ((key.algorithm as RsaHashedKeyAlgorithm).modulusLength < leastRsa) return 'unsupported';
    return verdict(
      await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, own(signature), own(signed)),
    );
  }
  return 'unsupported';
}

function isNull(node: Der): boolean {
  return equal(encode(node), encode(nothing()));
}

function verdict(valid: boolean): SignatureCheck {
  return valid ? 'valid' : 'invalid';
}

async function importKey(spki: Uint8Array, algorithm: EcKeyImportParams | RsaHashedImportParams) {
  try {
    return await crypto.subtle.importKey('spki', own(spki), algorithm, false, ['verify']);
  } catch (fault) {
    throw new Malformed('Unusable public key', { cause: fault });
  }
}

/** WebCrypto's types want bytes that no worker shares. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
