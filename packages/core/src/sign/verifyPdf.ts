import { sha256 } from '../encoding.ts';
import { toHex } from './bytes.ts';
import { readCertificate } from './certificateReading.ts';
import { type Judged, judgeSignature } from './judgeSignature.ts';
import { isActive, unlawfulObjects } from './pdf/increment.ts';
import { type Found, findSignatures, type Reading, readSigned } from './reading.ts';
import type { Revocation } from './revocation.ts';
import type { FileProblem, PdfVerdict, SignatureVerdict } from './verdict.ts';

/** What the case remembers of the paper; only this reveals a file cut back to an earlier revision. */
export interface ExpectedPaper {
  readonly signatures?: number;
  /** SHA-256, hexadecimal, of the file as it was when the case last saw it. */
  readonly revisionHash?: string;
}

const mostBytes = 64 * 1024 * 1024;

/**
 * Verifies the signatures of a PDF: its structure, every byte range, digest, CMS signature (PAdES B-B),
 * the chain to `trust` at the claimed time of signing, and that later revisions do nothing but sign
 * further fields or add validation data. Reads hostile files: bounded in time and memory, never throws
 * on their account. Looks nothing up: what was revoked is handed in.
 * @param trust certificates of authorities, DER. Throws when one of these is unreadable.
 * @param revocation left out, nothing counts as revoked.
 */
export async function verifyPdf(
  pdf: Uint8Array,
  trust: readonly Uint8Array[],
  expected: ExpectedPaper = {},
  revocation?: Revocation,
): Promise<PdfVerdict> {
  const anchors = trust.map(readCertificate);
  if (pdf.length > mostBytes) return unread('too-large');
  const reading = readSigned(pdf);
  if (typeof reading === 'string') return unread(reading);
  const problems = new Set<FileProblem>();
  if (reading.cutOff) problems.add('changed-after-signing');
  const { found, ...lost } = findSignatures(reading);
  if (lost.removed) problems.add('signature-removed');
  if (lost.tooMany) problems.add('unsupported-structure');
  if (found.length === 0) problems.add('no-signature');
  for (const problem of judgeRevisions(reading, found)) problems.add(problem);
  const last = reading.states.at(-1);
  if (last && [...last.values()].some((object) => isActive(object))) problems.add('active-content');
  const hashes: string[] = [];
  for (const { end } of reading.revisions) hashes.push(toHex(await sha256(pdf.subarray(0, end))));
  if (expected.signatures !== undefined && expected.signatures !== found.length) {
    problems.add('signature-count');
  }
  if (
    expected.revisionHash !== undefined &&
    !hashes.includes(expected.revisionHash.toLowerCase())
  ) {
    problems.add('revision-missing');
  }
  const judged: Judged[] = [];
  for (const one of found) {
    judged.push(await judgeSignature(reading, one, anchors, hashes, pdf.length, revocation));
  }
  const signatures = judged.map((one) => withSeal(one, judged));
  const intact = problems.size === 0 && signatures.every((one) => one.intact);
  return {
    holds: intact && signatures.every((one) => one.trusted || one.sealedBy !== undefined),
    intact,
    problems: [...problems],
    signatures,
    revisions: hashes,
  };
}

function withSeal({ body: _, ...one }: Judged, all: readonly Judged[]): SignatureVerdict {
  const uncertified = one.intact && one.problems.every((problem) => problem === 'not-certified');
  const seal = all.find(
    (later) => later.revision > one.revision && later.body && later.intact && later.trusted,
  );
  return { ...one, sealedBy: uncertified && !one.trusted ? seal?.signer : undefined };
}

function unread(problem: FileProblem): PdfVerdict {
  return { holds: false, intact: false, problems: [problem], signatures: [], revisions: [] };
}

/** Judges every revision that came after the first signature. */
function* judgeRevisions(reading: Reading, found: readonly Found[]): Generator<FileProblem> {
  const first = Math.min(...found.map((one) => one.revision));
  if (!Number.isFinite(first)) return;
  for (let i = Math.max(first, 0) + 1; i < reading.revisions.length; i++) {
    const [previous, revision] = [reading.revisions[i - 1], reading.revisions[i]];
    const [before, after] = [reading.states[i - 1], reading.states[i]];
    if (!previous || !revision || !before || !after) return;
    const unlawful = unlawfulObjects(reading.bytes, before, after, previous, revision);
    if (unlawful?.length !== 0) yield 'changed-after-signing';
  }
}
