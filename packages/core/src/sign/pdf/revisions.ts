import { Malformed } from '../der.ts';
import {
  type Budget,
  expect,
  isWhite,
  type PdfDictionary,
  type PdfValue,
  readValue,
  skipWhite,
  startsWith,
} from './syntax.ts';

/** An indirect object as one revision wrote it. */
export interface PdfObject {
  readonly number: number;
  readonly value: PdfValue;
  /** The bytes of its stream, where it has one. */
  readonly stream: { readonly start: number; readonly end: number } | undefined;
  /** From its number to `endobj`. */
  readonly start: number;
  readonly end: number;
}

/** What one save added to the file (ISO 32000-1, 7.5.6). */
export interface Revision {
  /** Its bytes in the file; the revisions of a file cover it without a gap. */
  readonly start: number;
  readonly end: number;
  /** Position of its cross-reference table. */
  readonly xref: number;
  readonly trailer: PdfDictionary;
  /** Objects it wrote, by number. */
  readonly objects: ReadonlyMap<number, PdfObject>;
  /** Objects it deleted. */
  readonly freed: ReadonlySet<number>;
}

/** The objects in force after a revision. */
export type PdfState = ReadonlyMap<number, PdfObject>;

/** A structure that is lawful but not judged here: encryption, or cross-reference streams. */
export class Unsupported extends Malformed {}

const most = { revisions: 64, objects: 50_000, values: 500_000 } as const;

interface Section {
  readonly offsets: ReadonlyMap<number, number>;
  readonly freed: ReadonlySet<number>;
  readonly trailer: PdfDictionary;
  readonly end: number;
}

/**
 * Divides a file into its revisions, oldest first, and reads every object. Nothing is repaired: each
 * table must say where its own objects stand, and every revision must end where the next begins.
 * Throws {@link Malformed} or {@link Unsupported}.
 */
export function readRevisions(bytes: Uint8Array): Revision[] {
  expect(bytes, 0, '%PDF-');
  const budget: Budget = { left: most.values };
  const sections: (Section & { readonly xref: number })[] = [];
  for (let xref: number | undefined = lastXref(bytes); xref !== undefined; ) {
    if (sections.length >= most.revisions) throw new Malformed('Too many revisions');
    const section = readSection(bytes, xref, budget);
    const above = sections[0];
    if (above && section.end > above.xref) throw new Malformed('Revisions overlap');
    sections.unshift({ ...section, xref });
    xref = previous(section.trailer);
  }
  if (sections.at(-1)?.end !== bytes.length) throw new Malformed('Bytes after the end');
  let start = 0;
  let count = 0;
  return sections.map(({ offsets, freed, trailer, end, xref }) => {
    count += offsets.size;
    if (count > most.objects) throw new Malformed('Too many objects');
    const objects = readObjects(bytes, offsets, start, xref, budget);
    const revision = { start, end, xref, trailer, objects, freed };
    start = end;
    return revision;
  });
}

/** Position that the last `startxref` names; it must be the very end of the file. */
function lastXref(bytes: Uint8Array): number {
  const tail = String.fromCharCode(...bytes.subarray(Math.max(0, bytes.length - 64)));
  const match = /startxref(?:\r\n|\r|\n)(\d{1,10})(?:\r\n|\r|\n)%%EOF(?:\r\n|\r|\n)?$/.exec(tail);
  if (!match) throw new Malformed('No end of file');
  return Number(match[1]);
}

function previous(trailer: PdfDictionary): number | undefined {
  const value = trailer.entries.get('Prev');
  if (value === undefined) return undefined;
  if (value.kind !== 'number' || !Number.isSafeInteger(value.value))
    throw new Malformed('Bad /Prev');
  return value.value;
}

function endOfLine(bytes: Uint8Array, at: number): number {
  if (startsWith(bytes, at, '\r\n')) return at + 2;
  return bytes[at] === 0x0a || bytes[at] === 0x0d ? at + 1 : at;
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  const text = String.fromCharCode(...bytes.subarray(at, at + count));
  if (text.length !== count || !/^\d+$/.test(text)) throw new Malformed(`No number at ${at}`);
  return Number(text);
}

/** Reads a cross-reference table with its trailer, up to the end of the line of `%%EOF`. */
function readSection(bytes: Uint8Array, xref: number, budget: Budget): Section {
  if (!startsWith(bytes, xref, 'xref')) {
    if (/^\d+ \d+ obj/.test(String.fromCharCode(...bytes.subarray(xref, xref + 24))))
      throw new Unsupported('Cross-reference stream');
    throw new Malformed('No cross-reference table');
  }
  let at = skipWhite(bytes, xref + 4);
  const offsets = new Map<number, number>();
  const freed = new Set<number>();
  for (; !startsWith(bytes, at, 'trailer'); at = skipWhite(bytes, at)) {
    const head = /^(\d{1,10}) (\d{1,6}) ?(\r\n|\r|\n)/.exec(
      String.fromCharCode(...bytes.subarray(at, at + 24)),
    );
    if (!head) throw new Malformed('Bad cross-reference table');
    at += head[0].length;
    const first = Number(head[1]);
    for (let i = 0; i < Number(head[2]); i++, at += 20) {
      readEntry(bytes, at, first + i, offsets, freed);
    }
  }
  const trailer = readValue(bytes, at + 7, budget);
  if (trailer.kind !== 'dictionary') throw new Malformed('No trailer');
  if (trailer.entries.has('Encrypt')) throw new Unsupported('Encrypted');
  if (trailer.entries.has('XRefStm')) throw new Unsupported('Hybrid file');
  const foot = /^[\0\t\n\f\r ]*startxref(?:\r\n|\r|\n)(\d{1,10})(?:\r\n|\r|\n)%%EOF/.exec(
    String.fromCharCode(...bytes.subarray(trailer.end, trailer.end + 64)),
  );
  if (!foot || Number(foot[1]) !== xref) throw new Malformed('A table that is not its own');
  return { offsets, freed, trailer, end: endOfLine(bytes, trailer.end + foot[0].length) };
}

function readEntry(
  bytes: Uint8Array,
  at: number,
  number: number,
  offsets: Map<number, number>,
  freed: Set<number>,
): void {
  const offset = digits(bytes, at, 10);
  const generation = digits(bytes, at + 11, 5);
  const kind = bytes[at + 17];
  const ends = [' \r', ' \n', '\r\n'].some((end) => startsWith(bytes, at + 18, end));
  if (bytes[at + 10] !== 0x20 || bytes[at + 16] !== 0x20 || !ends) throw new Malformed('Bad entry');
  if (offsets.has(number) || freed.has(number)) throw new Malformed(`Object ${number} given twice`);
  if (offsets.size + freed.size > most.objects) throw new Malformed('Too many objects');
  if (kind === 0x6e && generation === 0 && number > 0) offsets.set(number, offset);
  else if (kind === 0x66) freed.add(number);
  else throw new Malformed('Object of a later generation');
}

/** Reads the objects of a table; each must stand between its revision's start and the table, none on another. */
function readObjects(
  bytes: Uint8Array,
  offsets: ReadonlyMap<number, number>,
  start: number,
  xref: number,
  budget: Budget,
): Map<number, PdfObject> {
  const sorted = [...offsets].sort(([, a], [, b]) => a - b);
  const objects = new Map<number, PdfObject>();
  let end = start;
  for (const [number, offset] of sorted) {
    if (offset < end) throw new Malformed('An object outside its revision');
    const object = readObject(bytes, number, offset, offsets, budget);
    end = object.end;
    if (end > xref) throw new Malformed('An object outside its revision');
    objects.set(number, object);
  }
  return objects;
}

function readObject(
  bytes: Uint8Array,
  number: number,
  start: number,
  offsets: ReadonlyMap<number, number>,
  budget: Budget,
): PdfObject {
  const value = readValue(bytes, expect(bytes, start, `${number} 0 obj`), budget);
  let at = skipWhite(bytes, value.end);
  let stream: PdfObject['stream'];
  if (value.kind === 'dictionary' && startsWith(bytes, at, 'stream')) {
    const from = streamStart(bytes, at + 6);
    stream = { start: from, end: from + streamLength(bytes, value, offsets) };
    at = expect(bytes, skipWhite(bytes, stream.end), 'endstream');
    at = skipWhite(bytes, at);
  }
  return { number, value, stream, start, end: expect(bytes, at, 'endobj') };
}

/** A length may stand in an object of its own, of the same revision; nothing but a number counts there. */
function streamLength(
  bytes: Uint8Array,
  stream: PdfDictionary,
  offsets: ReadonlyMap<number, number>,
): number {
  const length = stream.entries.get('Length');
  if (length?.kind === 'number' && Number.isSafeInteger(length.value) && length.value >= 0) {
    return length.value;
  }
  const offset = length?.kind === 'reference' ? offsets.get(length.number) : undefined;
  if (length?.kind !== 'reference' || offset === undefined)
    throw new Malformed('Stream without length');
  const from = expect(bytes, offset, `${length.number} 0 obj`);
  const known = /^[\t\n\r ]*(\d{1,10})[\t\n\r ]*endobj/.exec(
    String.fromCharCode(...bytes.subarray(from, from + 64)),
  );
  if (!known) throw new Malformed('Stream without length');
  return Number(known[1]);
}

function streamStart(bytes: Uint8Array, at: number): number {
  const next = endOfLine(bytes, at);
  if (next === at || (next === at + 1 && bytes[at] === 0x0d)) throw new Malformed('Bad stream');
  return next;
}

/** The objects in force after each revision. */
export function states(revisions: readonly Revision[]): PdfState[] {
  let state: PdfState = new Map();
  return revisions.map(({ objects, freed }) => {
    const next = new Map(state);
    for (const number of freed) next.delete(number);
    for (const [number, object] of objects) next.set(number, object);
    state = next;
    return next;
  });
}

/** Whether a revision holds nothing but the objects of its table, one after another. */
export function isTiled(bytes: Uint8Array, revision: Revision): boolean {
  let at = revision.start;
  const sorted = [...revision.objects.values()].sort((a, b) => a.start - b.start);
  for (const object of sorted) {
    if (skipWhite(bytes, at) !== object.start) return false;
    at = object.end;
  }
  return skipWhite(bytes, at) === revision.xref && isWhite(bytes[revision.xref - 1]);
}
