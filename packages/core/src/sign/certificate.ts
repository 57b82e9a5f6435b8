import { sha256 } from '../encoding.ts';
import type { Random } from '../ports/random.ts';
import { type SignatureAlgorithm, signatureIdentifier, signatureValue } from './algorithm.ts';
import { readCertificate } from './certificateReading.ts';
import {
  bits,
  type Der,
  decode,
  encode,
  integer,
  members,
  octets,
  oid,
  readBits,
  sequence,
  tagged,
  taggedBytes,
  time,
  utf8String,
  yes,
} from './der.ts';
import { buildName, type DistinguishedName } from './name.ts';
import { oids } from './oids.ts';

/** What a certificate is for; decides its extensions. */
export type CertificateUse =
  /** A root, or a CA below it. `below`: how many CAs may follow (pathLen). */
  | { readonly kind: 'authority'; readonly below: number }
  /** Issues one-act citizen certificates in one place: pathLen 0, only names below `names`. */
  | { readonly kind: 'issuing'; readonly names: DistinguishedName }
  /** Proves who a terminal is, and signs no paper. */
  | { readonly kind: 'terminal' }
  /** Signs for a body over its lifetime: the centre, a department, a clerk. */
  | { readonly kind: 'seal' }
  /** Signs one document once. `document`: SHA-256 of the file as it was before this signature. */
  | { readonly kind: 'citizen'; readonly document: Uint8Array };

/** What a certificate shall say. */
export interface CertificateOrder {
  /** A name, or a Name already encoded (DER). */
  readonly subject: DistinguishedName | Uint8Array;
  /** SubjectPublicKeyInfo (DER), as WebCrypto exports it. */
  readonly publicKey: Uint8Array;
  readonly use: CertificateUse;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A key that signs certificates or documents: WebCrypto, a token, a process on the other side of a bridge. */
export interface SigningKey {
  readonly algorithm: SignatureAlgorithm;
  /** Signs bytes as WebCrypto does: r‖s for ES256. Turning it into DER is ours. */
  sign(tbs: Uint8Array): Promise<Uint8Array>;
}

/** Who issues a certificate; without a certificate the key signs for itself (a root, or "not yet certified"). */
export interface Issuer extends SigningKey {
  /** DER. */
  readonly certificate?: Uint8Array;
}

/** Bits of KeyUsage (RFC 5280, 4.2.1.3). */
export const usage = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyCertSign: 5,
  cRLSign: 6,
} as const;

/** Text that says how `signedDocumentBinding` was computed: over the whole file before the signature's increment. */
export const documentBinding = 'pdf-revision';

/** Builds an X.509 version 3 certificate (RFC 5280) in DER, signed by `issuer`. */
export async function buildCertificate(
  order: CertificateOrder,
  issuer: Issuer,
  random: Random,
): Promise<Uint8Array<ArrayBuffer>> {
  const above = issuer.certificate && readCertificate(issuer.certificate);
  const subject =
    order.subject instanceof Uint8Array ? decode(order.subject) : buildName(order.subject);
  const keyId = await keyIdentifier(order.publicKey);
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(serialNumber(random)),
    signatureIdentifier(issuer.algorithm),
    above ? decode(above.subject) : subject,
    sequence(time(order.notBefore), time(order.notAfter)),
    subject,
    decode(order.publicKey),
    tagged(
      3,
      sequence(
        ...extensions(order.use),
        extension(oids.subjectKeyIdentifier, false, octets(keyId)),
        extension(
          oids.authorityKeyIdentifier,
          false,
          sequence(
            taggedBytes(
              0,
              above ? (above.subjectKeyId ?? (await keyIdentifier(above.publicKey))) : keyId,
            ),
          ),
        ),
      ),
    ),
  );
  return encode(await signed(tbs, issuer));
}

/** The triple of something signed, its algorithm and its signature, as certificates and requests have it. */
export async function signed(tbs: Der, key: SigningKey): Promise<Der> {
  const raw = await key.sign(encode(tbs));
  return sequence(
    tbs,
    signatureIdentifier(key.algorithm),
    bits(signatureValue(key.algorithm, raw)),
  );
}

/** 127 random bits, never zero (RFC 5280, 4.1.2.2). */
function serialNumber(random: Random): Uint8Array {
  const bytes = random.bytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

/** RFC 7093, method 1: the first 160 bits of SHA-256 over the key. */
async function keyIdentifier(publicKey: Uint8Array): Promise<Uint8Array> {
  const key = readBits(members(decode(publicKey), 'SEQUENCE')[1]);
  return (await sha256(key)).subarray(0, 20);
}

export function extension(id: string, critical: boolean, value: Der): Der {
  return sequence(oid(id), ...(critical ? [yes()] : []), octets(encode(value)));
}

function keyUsage(...set: readonly number[]): Der {
  const byte = set.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  const unused = 7 - Math.max(...set);
  return extension(oids.keyUsage, true, bits(Uint8Array.of(byte), unused));
}

/** Document signing (RFC 9336); mail protection beside it, because NSS and OpenSSL judge signers of CMS by it. */
function signingPurposes(): Der {
  return extension(
    oids.extendedKeyUsage,
    false,
    sequence(oid(oids.documentSigning), oid(oids.emailProtection)),
  );
}

function authority(below: number): Der {
  return extension(oids.basicConstraints, true, sequence(yes(), integer(below)));
}

function extensions(use: CertificateUse): Der[] {
  switch (use.kind) {
    case 'authority':
      return [authority(use.below), keyUsage(usage.keyCertSign, usage.cRLSign)];
    case 'issuing':
      return [
        authority(0),
        keyUsage(usage.keyCertSign),
        signingPurposes(),
        // permittedSubtrees [0] { GeneralSubtree { directoryName [4] } } (RFC 5280, 4.2.1.10)
        extension(
          oids.nameConstraints,
          true,
          sequence(tagged(0, sequence(tagged(4, buildName(use.names))))),
        ),
      ];
    case 'terminal':
      return [
        endEntity(),
        keyUsage(usage.digitalSignature),
        extension(oids.extendedKeyUsage, false, sequence(oid(oids.clientAuth))),
      ];
    case 'seal':
      return [
        endEntity(),
        keyUsage(usage.digitalSignature, usage.nonRepudiation),
        signingPurposes(),
      ];
    case 'citizen':
      return [
        endEntity(),
        keyUsage(usage.digitalSignature, usage.nonRepudiation),
        signingPurposes(),
        extension(
          oids.signedDocumentBinding,
          false,
          sequence(octets(use.document), sequence(oid(oids.sha256)), utf8String(documentBinding)),
        ),
      ];
  }
}

function endEntity(): Der {
  return extension(oids.basicConstraints, true, sequence());
}

/** A name below the names that an issuing certificate permits, or below its own. */
export function nameBelow(issuer: Uint8Array, added: DistinguishedName): Uint8Array<ArrayBuffer> {
  const { permittedNames, subject } = readCertificate(issuer);
  const base = members(decode(permittedNames?.[0] ?? subject), 'SEQUENCE');
  return encode(sequence(...base, ...members(buildName(added), 'SEQUENCE')));
}
