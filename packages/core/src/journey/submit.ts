import { base64url, sha256 } from '../encoding.ts';
import type { FileAddress } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import type { ApplicationManifest } from '../seal/manifest.ts';
import { canonicalBytes, seal } from '../seal/seal.ts';
import type { Draft } from './draft.ts';
import { isExpired } from './follow.ts';
import { buildManifest } from './manifest.ts';
import { makeReceipt, type Receipt } from './receipt.ts';
import type { SubmitFailure, VisitPorts, VisitSnapshot } from './visit.ts';

/**
 * Seals a draft and puts it into the outbox. The manifest is fixed on the disk first (`keep`): should the power
 * fail in between, the second sealing has the same hash, and the centre sees one submission.
 */
export async function submitDraft(
  { draft, catalogue, plan, missing }: VisitSnapshot,
  ports: VisitPorts,
  keep: (draft: Draft) => Promise<Result<void, SubmitFailure>>,
): Promise<Result<Receipt, SubmitFailure>> {
  if (isExpired(catalogue, ports.clock)) return err('catalogue-expired');
  if (missing.length > 0) return err('incomplete');
  if (draft.papers.length === 0) return err('not-signed');
  const centreKey = await ports.centreKey();
  if (centreKey === undefined) return err('centre-unknown');
  const manifest = draft.manifest ?? (await buildManifest(draft, plan, ports));
  const kept = await keep({ ...draft, manifest });
  if (!kept.ok) return kept;
  const files = await ciphertexts(manifest, ports);
  if (!files.ok) return files;
  const envelope = await seal(manifest, ports.vault, centreKey);
  const put = await ports.outbox.put(envelope, draft.receiptNumber, files.value);
  return put.ok ? ok(await receiptFor(draft, manifest, ports)) : put;
}

export async function receiptFor(
  draft: Draft,
  manifest: ApplicationManifest,
  { vault }: Pick<VisitPorts, 'vault'>,
): Promise<Receipt> {
  return makeReceipt(
    {
      number: draft.receiptNumber,
      secret: draft.receiptSecret,
      manifestHash: base64url(await sha256(canonicalBytes(manifest))),
      sealedAt: manifest.sealedAt,
      target: draft.target.id,
    },
    vault,
  );
}

/** A ciphertext that the disk gives back no more would make a submission that can never be complete. */
async function ciphertexts(
  manifest: ApplicationManifest,
  { store }: Pick<VisitPorts, 'store'>,
): Promise<Result<ReadonlyMap<FileAddress, Uint8Array>, 'storage-refused'>> {
  const materials = manifest.materials.flatMap((material) => material.files);
  const files = new Map<FileAddress, Uint8Array>();
  for (const file of [...materials, ...manifest.papers.map((paper) => paper.file)]) {
    const address = file.address as FileAddress;
    const ciphertext = await store.getFile(address);
    if (ciphertext === undefined) return err('storage-refused');
    files.set(address, ciphertext);
  }
  return ok(files);
}
