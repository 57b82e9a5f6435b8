import { type CmsSignature, readCms } from './cms.ts';
import { Malformed } from './der.ts';
import type { Revision } from './pdf/revisions.ts';
import type { PdfDictionary } from './pdf/syntax.ts';

/** Most bytes that may be reserved for one signature. */
const mostBytes = 128 * 1024;

/** Where the digits of a signature stand with their brackets: the one place its byte range leaves out. */
export interface Hole {
  readonly start: number;
  readonly end: number;
}

/** The place of the signature's own digits, when the byte range leaves out exactly that and ends with the revision. */
export function findHole(dictionary: PdfDictionary, revision: Revision): Hole | undefined {
  const contents = dictionary.entries.get('Contents');
  const range = dictionary.entries.get('ByteRange');
  if (contents?.kind !== 'string' || !contents.hex || range?.kind !== 'array') return undefined;
  const numbers = range.items.map((item) => (item.kind === 'number' ? item.value : Number.NaN));
  const exact = [0, contents.start, contents.end, revision.end - contents.end];
  const agrees = numbers.length === 4 && numbers.every((value, index) => value === exact[index]);
  return agrees ? { start: contents.start, end: contents.end } : undefined;
}

/** Reads the signature in its place; `undefined` when it is none. */
export function readContents(bytes: Uint8Array, hole: Hole): CmsSignature | undefined {
  const der = contentsOf(bytes.subarray(hole.start + 1, hole.end - 1));
  try {
    return der && readCms(der);
  } catch (fault) {
    if (fault instanceof Malformed) return undefined;
    throw fault;
  }
}

/** The signature inside its padding. Digits of one case and zeros after it, so that no bit is left to play with. */
function contentsOf(digits: Uint8Array): Uint8Array | undefined {
  if (digits.length > 2 * mostBytes || digits.length % 2 !== 0) return undefined;
  const text = String.fromCharCode(...digits.subarray(0, 12));
  const length = /^30(?:([0-7][0-9a-f])|81([0-9a-f]{2})|82([0-9a-f]{4})|83([0-9a-f]{6}))/i.exec(
    text,
  );
  if (!length) return undefined;
  const size = Number.parseInt(length.slice(1).find((part) => part !== undefined) ?? '0', 16);
  const total = (length[0].length + 2 * size) / 2;
  if (2 * total > digits.length) return undefined;
  if (digits.subarray(2 * total).some((digit) => digit !== 0x30)) return undefined;
  const der = new Uint8Array(total);
  const cases = new Set<number>();
  for (let i = 0; i < 2 * total; i++) {
    const digit = digits[i] ?? 0;
    const isLetter = digit > 0x40;
    const value = isLetter ? (digit | 0x20) - 0x57 : digit - 0x30;
    if (value < (isLetter ? 10 : 0) || value > (isLetter ? 15 : 9)) return undefined;
    if (isLetter) cases.add(digit & 0x20);
    der[i >> 1] = ((der[i >> 1] ?? 0) << 4) | value;
  }
  return cases.size > 1 ? undefined : der;
}
