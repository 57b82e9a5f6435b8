import type { FileAddress } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { sealFile } from '../seal/file.ts';
import type { Appearance } from '../sign/index.ts';
import type { Draft, DraftPaper } from './draft.ts';
import type { Followed } from './follow.ts';
import { applicantField, paperSpecs } from './paperSpecs.ts';
import type { PaperFailure, UnsignedPaper, VisitPorts } from './visit.ts';

/** Draws the papers of a draft. The room that draws is loaded here, not before. */
export async function drawPapers(
  draft: Draft,
  { catalogue, plan }: Followed,
  ports: Pick<VisitPorts, 'clock' | 'fonts'>,
): Promise<Result<readonly UnsignedPaper[], PaperFailure>> {
  const { renderPaper } = await import('../document/index.ts');
  const fonts = await ports.fonts();
  if (fonts === undefined) return err('font-missing');
  const drawn: UnsignedPaper[] = [];
  for (const { item, spec } of paperSpecs(draft, plan, catalogue, ports.clock.now())) {
    const rendered = await renderPaper(spec, fonts);
    drawn.push({ item, paper: spec.id, title: spec.title, ...rendered });
  }
  return ok(drawn);
}

/** A paper signed and encrypted, with the ciphertext still to be stored. */
export interface SignedPaper {
  readonly paper: DraftPaper;
  readonly address: FileAddress;
  readonly ciphertext: Uint8Array;
}

/**
 * Signs all papers in one act of the person: one drawing, one moment. Each paper gets a certificate bound to it
 * alone, whose key is gone when this returns.
 */
export async function signPapers(
  papers: readonly UnsignedPaper[],
  name: string,
  appearance: Appearance,
  ports: Pick<VisitPorts, 'clock' | 'random' | 'vault'>,
): Promise<readonly SignedPaper[]> {
  const { createCitizenCertificate, signPdf } = await import('../sign/index.ts');
  const signedAt = ports.clock.now();
  const issuing = await ports.vault.issuer();
  const issuer = issuing && {
    algorithm: 'ES256' as const,
    chain: issuing.certificate.chain,
    sign: (bytes: Uint8Array) => issuing.sign(bytes),
  };
  const signed: SignedPaper[] = [];
  for (const { item, paper, pages, pdf } of papers) {
    const act = { name, document: pdf, ...(issuer === undefined ? {} : { issuer }) };
    const signer = await createCitizenCertificate(act, ports);
    const field = { field: applicantField, appearance, signedAt, name };
    const file = await signPdf(pdf, signer, field);
    const sealed = await sealFile(file, 'application/pdf', ports.random);
    const draftFile = { ...sealed.file, name: `${paper}.pdf`, addedAt: signedAt.toISOString() };
    signed.push({ ...sealed, paper: { item, paper, pages, signatures: 1, file: draftFile } });
  }
  return signed;
}
