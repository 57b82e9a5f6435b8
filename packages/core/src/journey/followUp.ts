import { base64url } from '../encoding.ts';
import { isTorn, largestFile, sniff } from '../file/sniff.ts';
import type { FileAddress, SubmissionId } from '../ids.ts';
import type { StoreFailure } from '../ports/localStore.ts';
import { uuid } from '../ports/random.ts';
import { err, ok, type Result } from '../result.ts';
import { sealFile } from '../seal/file.ts';
import type {
  Filing,
  RatingManifest,
  SealedMaterial,
  SupplementManifest,
} from '../seal/manifest.ts';
import { seal } from '../seal/seal.ts';
import type { Language } from '../text/language.ts';
import { receiptSecretHash } from './manifest.ts';
import type { Receipt } from './receipt.ts';
import type { AttachFailure, VisitPorts } from './visit.ts';

/** What is needed to send something about a case that was submitted before. */
export type FollowUpPorts = Pick<
  VisitPorts,
  'clock' | 'random' | 'vault' | 'outbox' | 'catalogue' | 'channel' | 'appVersion' | 'centreKey'
>;

/** Who holds the receipt, and how they come. */
export interface FollowUp {
  readonly receipt: Pick<Receipt, 'number' | 'secret'>;
  readonly language: Language;
  readonly filing?: Filing;
}

/** One file that answers a supplement notice (补正). */
export interface SupplementFile {
  /** Material id, as the notice names it. */
  readonly material: string;
  readonly bytes: Uint8Array;
  /** Attributes read from a code on it. */
  readonly readings?: Readonly<Record<string, string>>;
}

export type SupplementFailure = Exclude<AttachFailure, 'too-many'> | 'nothing' | 'centre-unknown';

/** Which notice is answered, and by whose receipt. */
export interface SupplementAbout extends FollowUp {
  readonly caseNumber: string;
  /** What the person says to it, at most {@link longestReply} characters: a notice may ask in words alone. */
  readonly text?: string;
}

/**
 * Answers a supplement notice: seals files and words and hands them to the outbox; resolves once that is on the disk.
 * Files are judged by their content, as in {@link Visit.attach}.
 */
export async function answerSupplement(
  about: SupplementAbout,
  files: readonly SupplementFile[],
  ports: FollowUpPorts,
): Promise<Result<SubmissionId, SupplementFailure>> {
  const text = about.text?.trim() ?? '';
  if (files.length === 0 && text === '') return err('nothing');
  const ciphertexts = new Map<FileAddress, Uint8Array>();
  const materials = new Map<string, SealedMaterial>();
  for (const { material, bytes, readings } of files) {
    if (bytes.length > largestFile) return err('too-large');
    const type = sniff(bytes);
    if (type === undefined) return err('wrong-kind');
    if (isTorn(bytes, type)) return err('torn');
    const { file, address, ciphertext } = await sealFile(bytes, type, ports.random);
    ciphertexts.set(address, ciphertext);
    const known = materials.get(material);
    materials.set(material, {
      material,
      state: 'provided',
      files: [...(known?.files ?? []), file],
      readings: { ...known?.readings, ...readings },
    });
  }
  const manifest: SupplementManifest = {
    ...(await common(about, ports)),
    kind: 'supplement',
    caseNumber: about.caseNumber,
    materials: [...materials.values()],
    ...(text === '' ? {} : { text }),
    // Whoever holds the receipt may hand in what was asked for; the centre does not take it as an identity.
    evidence: [],
  };
  return send(manifest, ciphertexts, ports);
}

/** Sends a rating (好差评). Only ever at a person's own wish. */
export async function rate(
  about: FollowUp & { readonly level: RatingManifest['level']; readonly comment?: string },
  ports: FollowUpPorts,
): Promise<Result<SubmissionId, StoreFailure | 'centre-unknown'>> {
  const manifest: RatingManifest = {
    ...(await common(about, ports)),
    kind: 'rating',
    level: about.level,
    ...(about.comment === undefined ? {} : { comment: about.comment }),
  };
  return send(manifest, new Map(), ports);
}

async function common({ receipt, language, filing }: FollowUp, ports: FollowUpPorts) {
  const { id: terminal } = await ports.vault.terminal();
  return {
    protocol: 1 as const,
    submissionId: uuid(ports.random),
    nonce: base64url(ports.random.bytes(16)),
    catalogueVersion: ports.catalogue().version,
    appVersion: ports.appVersion,
    terminal,
    channel: ports.channel,
    language,
    sealedAt: ports.clock.now().toISOString(),
    filing: filing ?? ({ mode: 'self' } as const),
    receiptNumber: receipt.number,
    receiptSecretHash: await receiptSecretHash(receipt.secret),
  };
}

async function send(
  manifest: SupplementManifest | RatingManifest,
  files: ReadonlyMap<FileAddress, Uint8Array>,
  ports: FollowUpPorts,
): Promise<Result<SubmissionId, StoreFailure | 'centre-unknown'>> {
  const centreKey = await ports.centreKey();
  if (centreKey === undefined) return err('centre-unknown');
  const envelope = await seal(manifest, ports.vault, centreKey);
  const put = await ports.outbox.put(envelope, manifest.receiptNumber, files);
  if (put.ok) return ok(manifest.submissionId as SubmissionId);
  if (put.error === 'another-stands') throw new Error('A fresh submission id is not fresh');
  return err(put.error);
}
