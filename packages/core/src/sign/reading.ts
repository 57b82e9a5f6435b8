import { Malformed } from './der.ts';
import { rootNumber, type SignatureField, signatureFields } from './pdf/fields.ts';
import {
  type PdfState,
  type Revision,
  readRevisions,
  states,
  Unsupported,
} from './pdf/revisions.ts';
import type { PdfDictionary } from './pdf/syntax.ts';

/** How many end-of-file marks are tried, and how many signatures judged. */
const most = { endings: 16, signatures: 32 } as const;

/** A file as read: its revisions with their states, and whether bytes follow that are no revision. */
export interface Reading {
  readonly bytes: Uint8Array;
  readonly revisions: readonly Revision[];
  readonly states: readonly PdfState[];
  readonly cutOff: boolean;
}

function attempt(bytes: Uint8Array): readonly Revision[] | 'unreadable' | 'unsupported-structure' {
  try {
    const revisions = readRevisions(bytes);
    // Reading the forms now finds a broken one while it can still be named as such.
    states(revisions).forEach((state, index) => {
      const revision = revisions[index];
      if (revision) signatureFields(state, rootNumber(revision));
    });
    return revisions;
  } catch (fault) {
    if (fault instanceof Unsupported) return 'unsupported-structure';
    if (fault instanceof Malformed) return 'unreadable';
    throw fault;
  }
}

/** Reads the file, or else the longest beginning of it that is a whole signed file, to say what was added. */
export function readSigned(pdf: Uint8Array): Reading | 'unreadable' | 'unsupported-structure' {
  const whole = attempt(pdf);
  if (typeof whole !== 'string') {
    return { bytes: pdf, revisions: whole, states: states(whole), cutOff: false };
  }
  for (const end of endings(pdf)) {
    const bytes = pdf.subarray(0, end);
    const revisions = attempt(bytes);
    if (typeof revisions === 'string') continue;
    const reading = { bytes, revisions, states: states(revisions), cutOff: true };
    if (findSignatures(reading).found.length > 0) return reading;
  }
  return whole;
}

/** Positions after an end-of-file mark, the last first. */
function* endings(pdf: Uint8Array): Generator<number> {
  const mark = [0x25, 0x25, 0x45, 0x4f, 0x46];
  let count = 0;
  for (let at = pdf.length - mark.length; at > 0 && count < most.endings; at--) {
    if (!mark.every((byte, index) => pdf[at + index] === byte)) continue;
    count++;
    const end = at + mark.length;
    const line =
      pdf[end] === 0x0d && pdf[end + 1] === 0x0a ? 2 : [0x0a, 0x0d].includes(pdf[end] ?? 0) ? 1 : 0;
    if (end + line < pdf.length) yield end + line;
  }
}

/** A signature where it first stood. */
export interface Found {
  readonly field: SignatureField;
  readonly dictionary: PdfDictionary | undefined;
  /** Index of the revision that brought its object. */
  readonly revision: number;
}

/** Every signature that any revision shows; whether one was removed later, or there are too many to judge. */
export function findSignatures(reading: Reading): {
  readonly found: readonly Found[];
  readonly removed: boolean;
  readonly tooMany: boolean;
} {
  const found = new Map<string, Found>();
  let removed = false;
  let tooMany = false;
  reading.states.forEach((state, index) => {
    const revision = reading.revisions[index];
    const signed = revision
      ? signatureFields(state, rootNumber(revision)).filter(
          (field) => field.signature !== undefined,
        )
      : [];
    const present = new Set(signed.map(identity));
    removed ||= [...found.keys()].some((key) => !present.has(key));
    for (const field of signed) {
      if (found.has(identity(field))) continue;
      if (found.size >= most.signatures) {
        tooMany = true;
        continue;
      }
      const value = state.get(field.signature ?? -1)?.value;
      const dictionary = value?.kind === 'dictionary' ? value : undefined;
      const brought = reading.revisions.findLastIndex(
        (one, at) => at <= index && one.objects.has(field.signature ?? -1),
      );
      found.set(identity(field), { field, dictionary, revision: brought });
    }
  });
  return { found: [...found.values()], removed, tooMany };
}

function identity(field: SignatureField): string {
  return `${field.number} ${field.signature}`;
}
