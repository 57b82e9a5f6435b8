import {
  type Der,
  decode,
  encode,
  isTagged,
  isUniversal,
  Malformed,
  members,
  readBits,
  readBoolean,
  readNamedBits,
  readOctets,
  readOid,
  readSmallInteger,
  readText,
  readTime,
  taggedMembers,
} from './der.ts';
import { commonName } from './name.ts';
import { oids } from './oids.ts';

/** A certificate as read. Names and keys are DER. */
export interface Certificate {
  readonly der: Uint8Array;
  /** What its signature covers. */
  readonly tbs: Uint8Array;
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: Uint8Array;
  /** AlgorithmIdentifier of the signature. */
  readonly algorithm: Der;
  readonly signature: Uint8Array;
  readonly authority: boolean;
  /** How many CAs may follow; `undefined` without a limit. */
  readonly below: number | undefined;
  /** `undefined` where the certificate does not say. */
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly purposes: readonly string[] | undefined;
  readonly permittedNames: readonly Uint8Array[] | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  /** The one document that this certificate was made for (`signedDocumentBinding`). */
  readonly binding:
    | { readonly digest: Uint8Array; readonly hash: string; readonly type: string }
    | undefined;
  /** A critical extension that nobody here understands. */
  readonly unknownCritical: boolean;
}

/** Reads a certificate (RFC 5280). Throws {@link Malformed}. */
export function readCertificate(der: Uint8Array): Certificate {
  const [tbs, algorithm, signature, ...more] = members(decode(der), 'SEQUENCE');
  if (!tbs || !algorithm || more.length > 0) throw new Malformed('Bad certificate');
  const fields = [...members(tbs, 'SEQUENCE')];
  if (readSmallInteger(taggedMembers(fields.shift(), 0)[0]) !== 2)
    throw new Malformed('Not version 3');
  const [serial, inner, issuer, validity, subject, publicKey, ...rest] = fields;
  if (!serial || !inner || !issuer || !subject || !publicKey)
    throw new Malformed('Bad certificate');
  if (asText(inner) !== asText(algorithm)) throw new Malformed('Two signature algorithms');
  const [from, to] = members(validity, 'SEQUENCE');
  return {
    der,
    tbs: encode(tbs),
    serial: encode(serial),
    issuer: encode(issuer),
    subject: encode(subject),
    commonName: commonName(subject),
    notBefore: readTime(from),
    notAfter: readTime(to),
    publicKey: encode(publicKey),
    algorithm,
    signature: readBits(signature),
    ...readExtensions(rest),
  };
}

function asText(node: Der): string {
  return encode(node).join();
}

type Extensions = Pick<
  Certificate,
  | 'authority'
  | 'below'
  | 'keyUsage'
  | 'purposes'
  | 'permittedNames'
  | 'subjectKeyId'
  | 'binding'
  | 'unknownCritical'
>;

function readExtensions(rest: readonly Der[]): Extensions {
  const found: { -readonly [K in keyof Extensions]: Extensions[K] } = {
    authority: false,
    below: undefined,
    keyUsage: undefined,
    purposes: undefined,
    permittedNames: undefined,
    subjectKeyId: undefined,
    binding: undefined,
    unknownCritical: false,
  };
  const last = rest.at(-1);
  if (!isTagged(last, 3)) return found;
  const seen = new Set<string>();
  for (const node of members(taggedMembers(last, 3)[0], 'SEQUENCE')) {
    const [id, second, third] = members(node, 'SEQUENCE');
    const critical = third !== undefined && readBoolean(second);
    const value = decode(readOctets(third ?? second));
    const name = readOid(id);
    if (seen.has(name)) throw new Malformed('Extension given twice');
    seen.add(name);
    switch (name) {
      case oids.basicConstraints: {
        const [authority, below] = members(value, 'SEQUENCE');
        found.authority = authority !== undefined && readBoolean(authority);
        found.below = below && readSmallInteger(below);
        break;
      }
      case oids.keyUsage:
        found.keyUsage = readNamedBits(value);
        break;
      case oids.extendedKeyUsage:
        found.purposes = members(value, 'SEQUENCE').map(readOid);
        break;
      case oids.nameConstraints: {
        const { names, unknown } = readPermittedNames(value);
        found.permittedNames = names;
        found.unknownCritical ||= critical && unknown;
        break;
      }
      case oids.subjectKeyIdentifier:
        found.subjectKeyId = readOctets(value);
        break;
      case oids.signedDocumentBinding:
        found.binding = readBinding(value);
        break;
      default:
        found.unknownCritical ||= critical;
    }
  }
  return found;
}

/** Permitted directory names; any other form of constraint is one that we do not understand. */
function readPermittedNames(value: Der): { names: Uint8Array[]; unknown: boolean } {
  const parts = members(value, 'SEQUENCE');
  const permitted = parts.find((part) => isTagged(part, 0));
  const subtrees = permitted ? taggedMembers(permitted, 0) : [];
  const bases = subtrees.map((subtree) => members(subtree, 'SEQUENCE'));
  const plain = bases.filter((base) => base.length === 1 && isTagged(base[0], 4));
  const names = plain.map(([base]) => {
    const [name] = taggedMembers(base, 4);
    if (!name) throw new Malformed('Bad name constraint');
    return encode(name);
  });
  return { names, unknown: parts.length !== 1 || plain.length !== bases.length };
}

function readBinding(value: Der): Certificate['binding'] {
  const [digest, hash, type] = members(value, 'SEQUENCE');
  return {
    digest: readOctets(digest),
    hash: readOid(members(hash, 'SEQUENCE')[0]),
    type: isUniversal(type, 'UTF8') ? readText(type) : 'default',
  };
}
