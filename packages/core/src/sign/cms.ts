import { sha256 } from '../encoding.ts';
import { checkSignature, signatureIdentifier, signatureValue } from './algorithm.ts';
import { equal } from './bytes.ts';
import { type Certificate, readCertificate } from './certificateReading.ts';
import {
  type Der,
  decode,
  encode,
  integer,
  isTagged,
  Malformed,
  members,
  octets,
  oid,
  readOctets,
  readOid,
  readSmallInteger,
  sequence,
  setOf,
  tagged,
  taggedMembers,
} from './der.ts';
import { oids } from './oids.ts';
import type { Signer } from './signer.ts';

/** Most certificates read from one signature. */
const mostCertificates = 16;

function attribute(type: string, value: Der): Der {
  return sequence(oid(type), setOf(value));
}

/**
 * Signs a digest as detached CMS (RFC 5652) of the level CAdES B-B (ETSI EN 319 122-1): content type,
 * message digest and signing-certificate-v2 are signed. The time of signing stands in the PDF, not here.
 */
export async function signDigest(
  digest: Uint8Array,
  signer: Signer,
): Promise<Uint8Array<ArrayBuffer>> {
  const certificate = readCertificate(signer.certificate);
  const attributes = setOf(
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octets(digest)),
    // ESSCertIDv2 with its default hash, SHA-256 (RFC 5035, 4).
    attribute(
      oids.signingCertificateV2,
      sequence(sequence(sequence(octets(await sha256(signer.certificate))))),
    ),
  );
  // Hashed with the tag of a SET, sent under [0] (RFC 5652, 5.4).
  const raw = await signer.sign(encode(attributes));
  const info = sequence(
    integer(1),
    sequence(decode(certificate.issuer), decode(certificate.serial)),
    sequence(oid(oids.sha256)),
    tagged(0, ...members(attributes, 'SET')),
    signatureIdentifier(signer.algorithm),
    octets(signatureValue(signer.algorithm, raw)),
  );
  const certificates = [signer.certificate, ...signer.chain].map(decode);
  const signed = sequence(
    integer(1),
    setOf(sequence(oid(oids.sha256))),
    sequence(oid(oids.data)),
    tagged(0, ...members(setOf(...certificates), 'SET')),
    setOf(info),
  );
  return encode(sequence(oid(oids.signedData), tagged(0, signed)));
}

/** A detached CMS signature of one signer, as read. */
export interface CmsSignature {
  readonly signer: Certificate;
  /** The other certificates it brings. */
  readonly others: readonly Certificate[];
  /** Digest of the document that was signed. */
  readonly digest: Uint8Array;
  /** DER of the attributes as a SET: what the signature covers. */
  readonly attributes: Uint8Array;
  /** SHA-256 of the certificate that the signer named; `undefined` below B-B. */
  readonly namedCertificate: Uint8Array | undefined;
  readonly algorithm: Der;
  readonly signature: Uint8Array;
}

/** Reads a CMS signature over SHA-256, strictly: one signer, DER, no content. Throws {@link Malformed}. */
export function readCms(der: Uint8Array): CmsSignature {
  const [type, content, ...more] = members(decode(der), 'SEQUENCE');
  if (readOid(type) !== oids.signedData || more.length > 0) throw new Malformed('No SignedData');
  const data = [...members(taggedMembers(content, 0)[0], 'SEQUENCE')];
  const [version, digests, encapsulated, certificates, infos, ...rest] = data;
  if (readSmallInteger(version) !== 1 || rest.length > 0) throw new Malformed('Bad SignedData');
  onlySha256(members(digests, 'SET'));
  const inside = members(encapsulated, 'SEQUENCE');
  if (readOid(inside[0]) !== oids.data || inside.length !== 1)
    throw new Malformed('Content inside');
  const [info, ...others] = members(infos, 'SET');
  if (others.length > 0) throw new Malformed('More than one signer');
  return readSignerInfo(info, taggedMembers(certificates, 0));
}

function onlySha256(identifiers: readonly Der[]): void {
  const [identifier, ...more] = identifiers;
  const [algorithm, parameters, ...rest] = members(identifier, 'SEQUENCE');
  const plain = parameters === undefined || equal(encode(parameters), Uint8Array.of(5, 0));
  if (readOid(algorithm) !== oids.sha256 || !plain || more.length > 0 || rest.length > 0) {
    throw new Malformed('Not over SHA-256');
  }
}

function readSignerInfo(info: Der | undefined, certificates: readonly Der[]): CmsSignature {
  const [version, sid, digest, attributes, algorithm, signature, unsigned, ...rest] = members(
    info,
    'SEQUENCE',
  );
  if (readSmallInteger(version) !== 1 || rest.length > 0 || !algorithm)
    throw new Malformed('Bad SignerInfo');
  if (unsigned && !isTagged(unsigned, 1)) throw new Malformed('Bad SignerInfo');
  if (digest) onlySha256([digest]);
  if (certificates.length > mostCertificates) throw new Malformed('Too many certificates');
  const all = certificates.map((node) => readCertificate(encode(node)));
  const [issuer, serial] = members(sid, 'SEQUENCE');
  if (!issuer || !serial) throw new Malformed('Bad SignerIdentifier');
  const signer = all.find(
    (candidate) =>
      equal(candidate.issuer, encode(issuer)) && equal(candidate.serial, encode(serial)),
  );
  if (!signer) throw new Malformed("The signer's certificate is missing");
  const list = taggedMembers(attributes, 0);
  const set = encode(setOf(...list));
  // As sent, but for the tag: attributes out of order are no DER.
  const sent = encode(attributes ?? sequence());
  if (!equal(set.subarray(1), sent.subarray(1))) throw new Malformed('Attributes out of order');
  return {
    signer,
    others: all.filter((certificate) => certificate !== signer),
    ...readAttributes(list),
    attributes: set,
    algorithm,
    signature: readOctets(signature),
  };
}

function readAttributes(list: readonly Der[]): Pick<CmsSignature, 'digest' | 'namedCertificate'> {
  const values = new Map<string, Der>();
  for (const node of list) {
    const [type, set] = members(node, 'SEQUENCE');
    const [value, ...more] = members(set, 'SET');
    const name = readOid(type);
    if (!value || more.length > 0 || values.has(name)) throw new Malformed('Attribute given twice');
    values.set(name, value);
  }
  if (readOid(values.get(oids.contentType)) !== oids.data) throw new Malformed('Bad content type');
  const named = values.get(oids.signingCertificateV2);
  return {
    digest: readOctets(values.get(oids.messageDigest)),
    namedCertificate: named && readNamedCertificate(named),
  };
}

/** Hash of the first certificate in SigningCertificateV2, over SHA-256 (RFC 5035, 3). */
function readNamedCertificate(value: Der): Uint8Array {
  const [first] = members(members(value, 'SEQUENCE')[0], 'SEQUENCE');
  const parts = [...members(first, 'SEQUENCE')];
  if (parts[0]?.constructed) onlySha256([parts.shift() ?? sequence()]);
  return readOctets(parts[0]);
}

/** Whether the signature was made with the signer's key over the attributes. */
export function checkCms(cms: CmsSignature): ReturnType<typeof checkSignature> {
  return checkSignature(
    cms.signer.publicKey,
    cms.algorithm,
    cms.signature,
    cms.attributes,
    'SHA-256',
  );
}
