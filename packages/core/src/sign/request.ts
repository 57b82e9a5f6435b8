import { err, ok, type Result } from '../result.ts';
import { checkSignature } from './algorithm.ts';
import { type SigningKey, signed } from './certificate.ts';
import {
  decode,
  encode,
  integer,
  isTagged,
  Malformed,
  members,
  readBits,
  readSmallInteger,
  sequence,
  tagged,
} from './der.ts';
import { buildName, commonName, type DistinguishedName } from './name.ts';

/** Builds a certification request (PKCS #10, RFC 2986) in DER; the key proves that it is at hand. */
export async function createCertificationRequest(
  subject: DistinguishedName,
  publicKey: Uint8Array,
  key: SigningKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const info = sequence(integer(0), buildName(subject), decode(publicKey), tagged(0));
  return encode(await signed(info, key));
}

/** What a request asks for. Which extensions the certificate gets, its issuer decides. */
export interface CertificationRequest {
  /** Name (DER). */
  readonly subject: Uint8Array;
  readonly commonName: string;
  /** SubjectPublicKeyInfo (DER). */
  readonly publicKey: Uint8Array;
}

/** Reads a request and checks that its sender holds the key. */
export async function readCertificationRequest(
  der: Uint8Array,
): Promise<Result<CertificationRequest, 'malformed' | 'not-proven'>> {
  try {
    const [info, algorithm, signature] = members(decode(der), 'SEQUENCE');
    if (!info || !algorithm) return err('malformed');
    const [version, subject, publicKey, attributes] = members(info, 'SEQUENCE');
    if (readSmallInteger(version) !== 0 || !subject || !publicKey || !isTagged(attributes, 0)) {
      return err('malformed');
    }
    const key = encode(publicKey);
    const check = await checkSignature(key, algorithm, readBits(signature), encode(info));
    if (check !== 'valid') return err('not-proven');
    return ok({ subject: encode(subject), commonName: commonName(subject), publicKey: key });
  } catch (fault) {
    if (fault instanceof Malformed) return err('malformed');
    throw fault;
  }
}
