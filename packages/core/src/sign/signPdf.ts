import { sha256 } from '../encoding.ts';
import { type Appearance, drawAppearance } from './appearance.ts';
import { concat, equal, fromBinary, toBinary, toHex } from './bytes.ts';
import { documentBinding } from './certificate.ts';
import { readCertificate } from './certificateReading.ts';
import { signDigest } from './cms.ts';
import { rootNumber, type SignatureField, signatureFields } from './pdf/fields.ts';
import { type Revision, readRevisions, states } from './pdf/revisions.ts';
import { type PdfValue, writeText } from './pdf/syntax.ts';
import type { Signer } from './signer.ts';

/** One signing of one field. */
export interface SigningAct {
  /** Name of a field that stands unsigned in the paper. */
  readonly field: string;
  readonly appearance: Appearance;
  readonly reason?: string;
  /** By the signing device's clock; the only time a B-B signature knows. */
  readonly signedAt: Date;
  /** Name of the person or body, as it shall stand beside the signature. */
  readonly name: string;
}

/** Room for the signature in bytes; a time-stamp and revocation data come later into the same place. */
const reserved = 16_384;

/**
 * Signs a paper as PAdES B-B (ETSI EN 319 142-1) by an increment: the bytes before stay as they are, so
 * that earlier signatures hold. Only the field, its appearance and the signature are written.
 * Throws when the field is missing or signed, when the file is none of ours, or when the certificate was
 * made for another document: callers decide what to sign, so each of these is a bug.
 */
export async function signPdf(
  pdf: Uint8Array,
  signer: Signer,
  act: SigningAct,
): Promise<Uint8Array<ArrayBuffer>> {
  const revisions = readRevisions(pdf);
  const last = revisions.at(-1);
  const state = states(revisions).at(-1);
  if (!last || !state) throw new Error('A PDF without a revision');
  const field = signatureFields(state, rootNumber(last)).find((one) => one.name === act.field);
  if (!field || field.signature !== undefined) throw new Error(`No unsigned field ${act.field}`);
  await refuseOtherDocument(pdf, signer);
  const increment = await writeIncrement(pdf, last, field, act);
  const file = concat(pdf, fromBinary(increment));
  const hole = findHole(file, pdf.length);
  const range = [0, hole.start, hole.end, file.length - hole.end];
  file.set(fromBinary(byteRange(range)), hole.range);
  const digest = await sha256(concat(file.subarray(0, hole.start), file.subarray(hole.end)));
  const signature = toHex(await signDigest(digest, signer));
  if (signature.length > 2 * reserved) throw new Error('The signature is larger than its room');
  file.set(fromBinary(signature), hole.start + 1);
  return file;
}

async function refuseOtherDocument(pdf: Uint8Array, signer: Signer): Promise<void> {
  const { binding } = readCertificate(signer.certificate);
  if (binding?.type === documentBinding && !equal(binding.digest, await sha256(pdf))) {
    throw new Error('The certificate was made for another document');
  }
}

const noRange = '[0 0000000000 0000000000 0000000000]';

function byteRange([, ...parts]: readonly number[]): string {
  return `[0 ${parts.map((part) => String(part).padStart(10, '0')).join(' ')}]`;
}

/** Places of the signature with its brackets and of the byte range, in the increment just written. */
function findHole(file: Uint8Array, from: number) {
  const written = toBinary(file.subarray(from));
  const contents = written.indexOf(`/Contents <${'0'.repeat(2 * reserved)}>`);
  const range = written.indexOf(noRange);
  if (contents < 0 || range < 0) throw new Error('An increment without a place for its signature');
  const start = from + contents + '/Contents '.length;
  return { start, end: start + 2 * reserved + 2, range: from + range };
}

async function writeIncrement(
  pdf: Uint8Array,
  last: Revision,
  field: SignatureField,
  act: SigningAct,
): Promise<string> {
  const keep = (value: PdfValue) => toBinary(pdf.subarray(value.start, value.end));
  const size = last.trailer.entries.get('Size');
  if (size?.kind !== 'number') throw new Error('A trailer without /Size');
  const [signature, appearance] = [size.value, size.value + 1];
  const [width, fieldHeight] = rectangleSize(field);
  const stream = await drawAppearance(act.appearance, width, fieldHeight);
  const kept = [...field.dictionary.entries].filter(([key]) => key !== 'V' && key !== 'AP');
  const objects: [number, string][] = [
    [
      field.number,
      `<<\n${kept.map(([key, value]) => `/${key} ${keep(value)}\n`).join('')}/V ${signature} 0 R\n/AP <</N ${appearance} 0 R>>\n>>`,
    ],
    [
      signature,
      [
        '<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached',
        `/Name ${writeText(act.name)}`,
        ...(act.reason === undefined ? [] : [`/Reason ${writeText(act.reason)}`]),
        `/M (${pdfDate(act.signedAt)})`,
        `/ByteRange ${noRange}`,
        `/Contents <${'0'.repeat(2 * reserved)}>\n>>`,
      ].join('\n'),
    ],
    [
      appearance,
      `<<\n/Type /XObject\n/Subtype /Form\n/BBox [0 0 ${width} ${fieldHeight}]\n/Resources <<>>\n/Length ${stream.length}\n>>\nstream\n${stream}\nendstream`,
    ],
  ];
  // A file may end without a line feed.
  let text = [0x0a, 0x0d].includes(pdf.at(-1) ?? 0) ? '' : '\n';
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, pdf.length + text.length);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const xref = pdf.length + text.length;
  const identity = ['Root', 'Info', 'ID'].flatMap((key) => {
    const value = last.trailer.entries.get(key);
    return value ? [`/${key} ${keep(value)}\n`] : [];
  });
  return [
    `${text}xref\n`,
    ...table(offsets),
    `trailer\n<<\n/Size ${size.value + 2}\n`,
    ...identity,
    `/Prev ${last.xref}\n>>\nstartxref\n${xref}\n%%EOF\n`,
  ].join('');
}

function table(offsets: ReadonlyMap<number, number>): string[] {
  return [...offsets]
    .sort(([a], [b]) => a - b)
    .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
}

function rectangleSize(field: SignatureField): [number, number] {
  const rect = field.dictionary.entries.get('Rect');
  const numbers =
    rect?.kind === 'array'
      ? rect.items.map((item) => (item.kind === 'number' ? item.value : 0))
      : [];
  const [left = 0, bottom = 0, right = 0, top = 0] = numbers;
  const round = (value: number) => Math.round(Math.abs(value) * 100) / 100;
  return [round(right - left), round(top - bottom)];
}

/** D:YYYYMMDDHHmmSS in UTC (ISO 32000-1, 7.9.4). */
function pdfDate(date: Date): string {
  return `D:${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}+00'00'`;
}
