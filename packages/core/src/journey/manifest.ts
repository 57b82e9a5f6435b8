import { base64url, fromBase64url, sha256 } from '../encoding.ts';
import type { ApplicationManifest, SealedFile, SealedMaterial } from '../seal/manifest.ts';
import { applicable } from './applicable.ts';
import type { Draft } from './draft.ts';
import { materialOf } from './edit.ts';
import type { Plan, VisitPorts } from './visit.ts';

/** Base64url SHA-256 of a receipt's secret, over its 16 bytes: the centre knows the secret only by this. */
export async function receiptSecretHash(secret: string): Promise<string> {
  return base64url(await sha256(fromBase64url(secret)));
}

/** What leaves the device: only answers and materials that apply, nothing that fell away on the path. */
export async function buildManifest(
  draft: Draft,
  plan: Plan,
  ports: Pick<VisitPorts, 'clock' | 'random' | 'vault' | 'channel' | 'appVersion'>,
): Promise<ApplicationManifest> {
  const { values, materials } = applicable(plan, draft.answers);
  const { id: terminal } = await ports.vault.terminal();
  return {
    protocol: 1,
    kind: 'application',
    submissionId: draft.submissionId,
    nonce: base64url(ports.random.bytes(16)),
    catalogueVersion: draft.catalogueVersion,
    appVersion: ports.appVersion,
    terminal,
    channel: ports.channel,
    language: draft.language,
    sealedAt: ports.clock.now().toISOString(),
    filing: draft.filing,
    receiptNumber: draft.receiptNumber,
    receiptSecretHash: await receiptSecretHash(draft.receiptSecret),
    ...(plan.target.kind === 'bundle' ? { bundle: plan.target.id } : {}),
    cases: Object.entries(draft.caseNumbers).map(([item, caseNumber]) => ({ item, caseNumber })),
    answers: Object.fromEntries(
      Object.entries(draft.answers).filter(([field]) => values[field] !== undefined),
    ),
    materials: materials.flatMap(({ material, needed, exempt }): SealedMaterial[] => {
      if (!needed) return [];
      const { state, files, readings } = materialOf(draft, material.id);
      return [
        {
          material: material.id,
          state: exempt && state !== 'provided' ? 'exempt' : state,
          files: files.map(sealedFile),
          readings: { ...readings },
        },
      ];
    }),
    papers: draft.papers.map(({ item, paper, file, signatures }) => ({
      item,
      paper,
      file: sealedFile(file),
      signatures,
    })),
    consents: [...draft.consents],
    evidence: [...draft.evidence],
  };
}

/** Without the name a person's device gave the file: it may tell more than the file. */
function sealedFile({ address, key, digest, type, size }: SealedFile): SealedFile {
  return { address, key, digest, type, size };
}
