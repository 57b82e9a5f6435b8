import { fromBinary } from '../bytes.ts';
import { Malformed } from '../der.ts';

/** Where a value stands in the file, end exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** An object of PDF (ISO 32000-1, 7.3) with its place, so that its very bytes can be compared and kept. */
export type PdfValue = Span &
  (
    | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, PdfValue> }
    | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'string'; readonly bytes: Uint8Array; readonly hex: boolean }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'reference'; readonly number: number }
    | { readonly kind: 'keyword'; readonly word: string }
  );

export type PdfDictionary = Extract<PdfValue, { kind: 'dictionary' }>;

const deepest = 40;

/** How many values may still be read, so that a hostile file cannot fill the memory. */
export interface Budget {
  left: number;
}
const [space, newline, carriage] = [0x20, 0x0a, 0x0d];
const delimiters = new Set('()<>[]{}/%'.split('').map((char) => char.charCodeAt(0)));

export function isWhite(byte: number | undefined): boolean {
  return (
    byte === space ||
    byte === newline ||
    byte === carriage ||
    byte === 9 ||
    byte === 12 ||
    byte === 0
  );
}

function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && !isWhite(byte) && !delimiters.has(byte);
}

export function skipWhite(bytes: Uint8Array, at: number): number {
  let next = at;
  while (isWhite(bytes[next])) next++;
  return next;
}

export function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Position after `text`, which must stand there. */
export function expect(bytes: Uint8Array, at: number, text: string): number {
  if (!startsWith(bytes, at, text)) throw new Malformed(`Expected ${text} at ${at}`);
  return at + text.length;
}

/** The characters of a name, number or keyword. */
function word(bytes: Uint8Array, at: number): string {
  let end = at;
  while (isRegular(bytes[end])) if (++end - at > 255) throw new Malformed('Word too long');
  return String.fromCharCode(...bytes.subarray(at, end));
}

/**
 * Reads one value. Stricter than the standard where readers differ: no comments, no key twice in a
 * dictionary, no reference to another generation. Throws {@link Malformed}.
 */
export function readValue(bytes: Uint8Array, from: number, budget: Budget, depth = 0): PdfValue {
  if (depth > deepest) throw new Malformed('Nested too deep');
  if (budget.left-- <= 0) throw new Malformed('Too many values');
  const start = skipWhite(bytes, from);
  switch (bytes[start]) {
    case 0x2f: // /
      return readName(bytes, start);
    case 0x28: // (
      return readLiteral(bytes, start);
    case 0x5b: // [
      return readArray(bytes, start, budget, depth);
    case 0x3c: // <
      return bytes[start + 1] === 0x3c
        ? readDictionary(bytes, start, budget, depth)
        : readHex(bytes, start);
    default:
      return readWord(bytes, start);
  }
}

function readName(bytes: Uint8Array, start: number): Extract<PdfValue, { kind: 'name' }> {
  const raw = word(bytes, start + 1);
  const name = raw.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return { kind: 'name', name, start, end: start + 1 + raw.length };
}

function readWord(bytes: Uint8Array, start: number): PdfValue {
  const raw = word(bytes, start);
  const end = start + raw.length;
  if (/^\d{1,10}$/.test(raw)) {
    const reference = readReference(bytes, start, Number(raw), end);
    if (reference) return reference;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(raw))
    return { kind: 'number', value: Number(raw), start, end };
  if (raw === 'true' || raw === 'false' || raw === 'null')
    return { kind: 'keyword', word: raw, start, end };
  throw new Malformed(`No value at ${start}`);
}

function readReference(
  bytes: Uint8Array,
  start: number,
  number: number,
  from: number,
): PdfValue | undefined {
  const middle = skipWhite(bytes, from);
  const generation = word(bytes, middle);
  if (middle === from || !/^\d{1,5}$/.test(generation)) return undefined;
  const last = skipWhite(bytes, middle + generation.length);
  if (bytes[last] !== 0x52 || isRegular(bytes[last + 1]) || last === middle + generation.length)
    return undefined;
  if (Number(generation) !== 0) throw new Malformed('Object of a later generation');
  return { kind: 'reference', number, start, end: last + 1 };
}

function readArray(bytes: Uint8Array, start: number, budget: Budget, depth: number): PdfValue {
  const items: PdfValue[] = [];
  let at = skipWhite(bytes, start + 1);
  while (bytes[at] !== 0x5d) {
    const item = readValue(bytes, at, budget, depth + 1);
    items.push(item);
    at = skipWhite(bytes, item.end);
  }
  return { kind: 'array', items, start, end: at + 1 };
}

function readDictionary(
  bytes: Uint8Array,
  start: number,
  budget: Budget,
  depth: number,
): PdfDictionary {
  const entries = new Map<string, PdfValue>();
  let at = skipWhite(bytes, start + 2);
  while (!startsWith(bytes, at, '>>')) {
    if (bytes[at] !== 0x2f) throw new Malformed(`No key at ${at}`);
    const key = readName(bytes, at);
    const value = readValue(bytes, key.end, budget, depth + 1);
    if (entries.has(key.name)) throw new Malformed(`Key ${key.name} given twice`);
    entries.set(key.name, value);
    at = skipWhite(bytes, value.end);
  }
  return { kind: 'dictionary', entries, start, end: at + 2 };
}

function readHex(bytes: Uint8Array, start: number): PdfValue {
  const end = bytes.indexOf(0x3e, start);
  if (end < 0) throw new Malformed('String without end');
  const digits: number[] = [];
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (isWhite(byte)) continue;
    const digit = hexDigit(byte);
    if (digit < 0) throw new Malformed('Bad hexadecimal string');
    digits.push(digit);
  }
  const value = new Uint8Array(Math.ceil(digits.length / 2));
  digits.forEach((digit, index) => {
    value[index >> 1] = (value[index >> 1] ?? 0) | (index % 2 === 0 ? digit << 4 : digit);
  });
  return { kind: 'string', hex: true, bytes: value, start, end: end + 1 };
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function readLiteral(bytes: Uint8Array, start: number): PdfValue {
  let text = '';
  let open = 1;
  let at = start + 1;
  for (; open > 0; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw new Malformed('String without end');
    const char = String.fromCharCode(byte);
    if (char === '\\') {
      at++;
      const octal = /^[0-7]{1,3}/.exec(String.fromCharCode(...bytes.subarray(at, at + 3)))?.[0];
      const next = String.fromCharCode(bytes[at] ?? 0);
      if (octal) {
        text += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
        at += octal.length - 1;
      } else if (next === '\r' || next === '\n') {
        if (next === '\r' && bytes[at + 1] === newline) at++;
      } else text += escapes[next] ?? next;
      continue;
    }
    if (char === '(') open++;
    if (char === ')') open--;
    if (open > 0) text += char;
  }
  return { kind: 'string', hex: false, bytes: fromBinary(text), start, end: at };
}

/** A text string of PDF (7.9.2.2): UTF-16 with its mark, else the characters as they are. */
export function readText(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  return String.fromCharCode(...bytes.subarray(0, 1024));
}

/** Writes a text string as UTF-16 in hexadecimal, which survives any character. */
export function writeText(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) =>
    text.charCodeAt(i).toString(16).padStart(4, '0'),
  );
  return `<FEFF${units.join('').toUpperCase()}>`;
}
