import { base64url } from '../encoding.ts';
import { isTorn, sniff } from '../file/sniff.ts';
import type { FileAddress, SubmissionId } from '../ids.ts';
import type { StoreFailure } from '../ports/localStore.ts';
import { uuid } from '../ports/random.ts';
import { err, ok, type Result } from '../result.ts';
import { sealFile } from '../seal/file.ts';
import type { SealedMaterial, SupplementManifest } from '../seal/manifest.ts';
import { seal } from '../seal/seal.ts';
import type { Language } from '../text/language.ts';
import { receiptSecretHash } from './manifest.ts';
import type { Receipt } from './receipt.ts';
import type { VisitPorts } from './visit.ts';
import { largestFile } from './visitOf.ts';

/** One file that answers a supplement notice (补正). */
export interface SupplementFile {
  /** Material id, as the notice names it. */
  readonly material: string;
  readonly bytes: Uint8Array;
  /** Attributes read from a code on it. */
  readonly readings?: Readonly<Record<string, string>>;
}

export type SupplementFailure =
  | StoreFailure
  | 'nothing'
  | 'too-large'
  | 'wrong-kind'
  | 'torn'
  | 'centre-unknown';

/** Which notice is answered, and by whose receipt. */
export interface SupplementAbout {
  readonly receipt: Pick<Receipt, 'number' | 'secret'>;
  readonly caseNumber: string;
  readonly language: Language;
}

type Ports = Pick<
  VisitPorts,
  'clock' | 'random' | 'vault' | 'outbox' | 'catalogue' | 'channel' | 'appVersion' | 'centreKey'
>;

/**
 * Answers a supplement notice: seals the files and hands them to the outbox; resolves once that is on the
 * disk. Files are judged by their content, as in {@link Visit.attach}.
 */
export async function answerSupplement(
  about: SupplementAbout,
  files: readonly SupplementFile[],
  ports: Ports,
): Promise<Result<SubmissionId, SupplementFailure>> {
  if (files.length === 0) return err('nothing');
  const centreKey = await ports.centreKey();
  if (centreKey === undefined) return err('centre-unknown');
  const materials = new Map<string, SealedMaterial>();
  const ciphertexts = new Map<FileAddress, Uint8Array>();
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
  const manifest = await buildSupplement(about, [...materials.values()], ports);
  const envelope = await seal(manifest, ports.vault, centreKey);
  const put = await ports.outbox.put(envelope, about.receipt.number, ciphertexts);
  return put.ok ? ok(manifest.submissionId as SubmissionId) : put;
}

async function buildSupplement(
  { receipt, caseNumber, language }: SupplementAbout,
  materials: SealedMaterial[],
  ports: Ports,
): Promise<SupplementManifest> {
  const { id: terminal } = await ports.vault.terminal();
  return {
    protocol: 1,
    kind: 'supplement',
    submissionId: uuid(ports.random),
    nonce: base64url(ports.random.bytes(16)),
    catalogueVersion: ports.catalogue.version,
    appVersion: ports.appVersion,
    terminal,
    channel: ports.channel,
    language,
    sealedAt: ports.clock.now().toISOString(),
    filing: { mode: 'self' },
    caseNumber,
    receiptNumber: receipt.number,
    receiptSecretHash: await receiptSecretHash(receipt.secret),
    materials,
    // Whoever holds the receipt may hand in what was asked for; the centre does not take it as an identity.
    evidence: [],
  };
}
