import asn1, { type Asn1 } from 'node-forge/lib/asn1.js';
import { equal, fromBinary, toBinary } from './bytes.ts';

/** A node of ASN.1 (ITU-T X.680), read and written by node-forge. */
export type Der = Asn1;

/** Bytes that are not what they claim to be. Never leaves the room: verifying turns it into a reason. */
export class Malformed extends Error {}

const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;
const { Type } = asn1;

export const sequence = (...nodes: readonly Der[]): Der =>
  asn1.create(UNIVERSAL, Type.SEQUENCE, true, [...nodes]);

/** SET OF, in the order DER wants: by encoded bytes (X.690, 11.6). */
export function setOf(...nodes: readonly Der[]): Der {
  const sorted = nodes
    .map((node) => ({ node, key: asn1.toDer(node).getBytes() }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return asn1.create(
    UNIVERSAL,
    Type.SET,
    true,
    sorted.map(({ node }) => node),
  );
}

export const oid = (dotted: string): Der =>
  asn1.create(UNIVERSAL, Type.OID, false, asn1.oidToDer(dotted).getBytes());

/** INTEGER from its magnitude, most significant byte first, or from a small number. */
export function integer(value: Uint8Array | number): Der {
  const magnitude = typeof value === 'number' ? Uint8Array.of(value) : value;
  const first = magnitude.findIndex((byte) => byte !== 0);
  const trimmed = first < 0 ? Uint8Array.of(0) : magnitude.subarray(first);
  const sign = (trimmed[0] ?? 0) > 0x7f ? '\0' : '';
  return asn1.create(UNIVERSAL, Type.INTEGER, false, sign + toBinary(trimmed));
}

export const octets = (bytes: Uint8Array): Der =>
  asn1.create(UNIVERSAL, Type.OCTETSTRING, false, toBinary(bytes));

export const bits = (bytes: Uint8Array, unused = 0): Der =>
  asn1.create(UNIVERSAL, Type.BITSTRING, false, String.fromCharCode(unused) + toBinary(bytes));

export const nothing = (): Der => asn1.create(UNIVERSAL, Type.NULL, false, '');

export const yes = (): Der => asn1.create(UNIVERSAL, Type.BOOLEAN, false, '\xff');

export const utf8String = (text: string): Der =>
  asn1.create(UNIVERSAL, Type.UTF8, false, toBinary(new TextEncoder().encode(text)));

export const printableString = (text: string): Der =>
  asn1.create(UNIVERSAL, Type.PRINTABLESTRING, false, text);

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5). Whole seconds. */
export function time(date: Date): Der {
  const digits = date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  return date.getUTCFullYear() < 2050
    ? asn1.create(UNIVERSAL, Type.UTCTIME, false, `${digits.slice(2)}Z`)
    : asn1.create(UNIVERSAL, Type.GENERALIZEDTIME, false, `${digits}Z`);
}

/** Context-specific tag around nodes: EXPLICIT with one, IMPLICIT of a SEQUENCE or SET with its members. */
export const tagged = (number: number, ...nodes: readonly Der[]): Der =>
  asn1.create(CONTEXT_SPECIFIC, number, true, [...nodes]);

/** Context-specific IMPLICIT tag over primitive content. */
export const taggedBytes = (number: number, bytes: Uint8Array): Der =>
  asn1.create(CONTEXT_SPECIFIC, number, false, toBinary(bytes));

export const encode = (node: Der): Uint8Array<ArrayBuffer> =>
  fromBinary(asn1.toDer(node).getBytes());

/**
 * Reads DER. What does not encode back to the same bytes is no DER and is refused, so that
 * re-encoding a part gives the very bytes that were signed.
 */
export function decode(bytes: Uint8Array): Der {
  let node: Der;
  try {
    node = asn1.fromDer(toBinary(bytes), {
      strict: true,
      parseAllBytes: true,
      decodeBitStrings: false,
      maxDepth: 32,
    });
  } catch (fault) {
    throw new Malformed('Not ASN.1', { cause: fault });
  }
  if (!equal(encode(node), bytes)) throw new Malformed('Not DER');
  return node;
}

/** The members of a constructed node with this universal type. */
export function members(node: Der | undefined, type: 'SEQUENCE' | 'SET'): readonly Der[] {
  if (node?.tagClass !== UNIVERSAL || node.type !== Type[type] || typeof node.value === 'string') {
    throw new Malformed(`No ${type}`);
  }
  return node.value;
}

/** The members of a context-specific constructed node. */
export function taggedMembers(node: Der | undefined, number: number): readonly Der[] {
  if (!isTagged(node, number) || typeof node.value === 'string') {
    throw new Malformed(`No [${number}]`);
  }
  return node.value;
}

export function isTagged(node: Der | undefined, number: number): node is Der {
  return node?.tagClass === CONTEXT_SPECIFIC && node.type === number;
}

function primitive(node: Der | undefined, type: keyof typeof Type): string {
  if (node?.tagClass !== UNIVERSAL || node.type !== Type[type] || typeof node.value !== 'string') {
    throw new Malformed(`No ${type}`);
  }
  return node.value;
}

export function isUniversal(node: Der | undefined, type: keyof typeof Type): node is Der {
  return node?.tagClass === UNIVERSAL && node.type === Type[type];
}

export function readOid(node: Der | undefined): string {
  const value = primitive(node, 'OID');
  try {
    return asn1.derToOid(value);
  } catch (fault) {
    throw new Malformed('Bad OID', { cause: fault });
  }
}

/** Magnitude of a non-negative INTEGER without leading zeros. */
export function readInteger(node: Der | undefined): Uint8Array<ArrayBuffer> {
  const bytes = fromBinary(primitive(node, 'INTEGER'));
  if (bytes.length === 0 || (bytes[0] ?? 0) > 0x7f) throw new Malformed('Negative INTEGER');
  return bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

export function readSmallInteger(node: Der | undefined): number {
  const magnitude = readInteger(node);
  if (magnitude.length > 2) throw new Malformed('INTEGER too large');
  return magnitude.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function readOctets(node: Der | undefined): Uint8Array<ArrayBuffer> {
  return fromBinary(primitive(node, 'OCTETSTRING'));
}

/** Content of a BIT STRING of whole bytes. */
export function readBits(node: Der | undefined): Uint8Array<ArrayBuffer> {
  const bytes = fromBinary(primitive(node, 'BITSTRING'));
  if (bytes[0] !== 0) throw new Malformed('BIT STRING of odd length');
  return bytes.subarray(1);
}

/** Named bits (X.680, 22.2): those that are set, counted from the first. */
export function readNamedBits(node: Der | undefined): ReadonlySet<number> {
  const bytes = fromBinary(primitive(node, 'BITSTRING')).subarray(1);
  const set = new Set<number>();
  bytes.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) set.add(index * 8 + bit);
  });
  return set;
}

export function readBoolean(node: Der | undefined): boolean {
  return primitive(node, 'BOOLEAN') === '\xff';
}

export function readTime(node: Der | undefined): Date {
  const text = isUniversal(node, 'UTCTIME')
    ? primitive(node, 'UTCTIME')
    : primitive(node, 'GENERALIZEDTIME');
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!match) throw new Malformed('Bad time');
  const [, y = '', month, day, hour, minute, second] = match;
  const year = y.length === 4 ? y : `${Number(y) < 50 ? '20' : '19'}${y}`;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(date.getTime())) throw new Malformed('Bad time');
  return date;
}

/** Text of a DirectoryString in one of the encodings in use. */
export function readText(node: Der | undefined): string {
  if (isUniversal(node, 'BMPSTRING')) return primitive(node, 'BMPSTRING');
  if (isUniversal(node, 'PRINTABLESTRING')) return primitive(node, 'PRINTABLESTRING');
  const bytes = fromBinary(primitive(node, 'UTF8'));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (fault) {
    throw new Malformed('Bad UTF-8', { cause: fault });
  }
}
