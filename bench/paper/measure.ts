import { systemClock, systemRandom } from '@tongban/core';
import { missingGlyphs, type PaperFonts, renderPaper } from '@tongban/core/document';
import { type Appearance, createCitizenCertificate, signPdf, verifyPdf } from '@tongban/core/sign';
import { enrolVault, memoryVault } from '@tongban/core/testing';
import { inRounds } from '../measuring/rounds.ts';
import { forgeSigner } from './forgeSigning.ts';
import { applicationForm, pagesOfForm } from './form.ts';
import { plainPdf } from './plainPdf.ts';

const drawing: Appearance = {
  kind: 'drawn',
  strokes: [0, 40, 80].map((y) =>
    Array.from({ length: 40 }, (_, i) => ({
      x: 6 * i,
      y: y + 12 * Math.sin(i / 5),
      t: 16 * i,
      pressure: 0.3 + i / 80,
    })),
  ),
};

const sign = async (
  pdf: Uint8Array,
  field: string,
  name: string,
  issuer: NonNullable<Parameters<typeof createCitizenCertificate>[0]['issuer']>,
) => {
  const ports = { clock: systemClock, random: systemRandom };
  const signer = await createCitizenCertificate({ name, document: pdf, issuer }, ports);
  return signPdf(pdf, signer, { field, name, appearance: drawing, signedAt: ports.clock.now() });
};

export type Step = 'make' | 'make and sign' | 'one more' | 'verify' | 'plain' | 'forge';

export interface PaperFigures {
  /** Milliseconds of every round. */
  readonly taken: Readonly<Record<Step, readonly number[]>>;
  /** Milliseconds of making and signing for the first time here, with the font still to be read. */
  readonly first: number;
  /** Bytes of the signed paper, and of the one that plain pdf-lib makes. */
  readonly size: number;
  readonly plainSize: number;
}

/**
 * Makes, signs, signs once more and verifies the same paper, round after round. The peers have their turn too:
 * node-forge signs it every round, plain pdf-lib makes it every `plainEvery`th. Throws when a paper is not what it
 * should be: a bench of broken papers would be fast.
 */
export async function measurePaper(
  fonts: PaperFonts,
  photographs: readonly Uint8Array[],
  plan: { readonly warmUp: number; readonly rounds: number; readonly plainEvery: number },
): Promise<PaperFigures> {
  const vault = await memoryVault();
  const root = await enrolVault(vault, systemClock, systemRandom);
  const issuing = await vault.issuer();
  if (issuing === undefined) throw new Error('The vault was not enrolled.');
  const issuer = {
    algorithm: 'ES256',
    chain: issuing.certificate.chain,
    sign: (bytes: Uint8Array) => issuing.sign(bytes),
  } as const;
  const form = applicationForm(photographs);
  const signWithForge = forgeSigner();

  let [first, size, plainSize] = [0, 0, 0];
  const taken = await inRounds<Step>(plan, async (time, index) => {
    const began = performance.now();
    const { paper, signed } = await time('make and sign', async () => {
      const made = await time('make', () => renderPaper(form, fonts));
      return { paper: made, signed: await sign(made.pdf, 'applicant', '丁小禾', issuer) };
    });
    if (index === -plan.warmUp) first = performance.now() - began;
    const twice = await time('one more', () => sign(signed, 'witness', '林远舟', issuer));
    const cms = await time('forge', () => signWithForge(signed));
    if (cms.length < 256) throw new Error('node-forge signed nothing.');
    const verdict = await time('verify', () => verifyPdf(twice, [root], { signatures: 2 }));
    if (!verdict.holds) throw new Error(`The paper does not hold: ${verdict.problems.join(', ')}`);
    if (paper.pages !== pagesOfForm) throw new Error(`The paper has ${paper.pages} pages.`);
    size = signed.length;
    if (index % plan.plainEvery !== 0) return;
    const plain = await time('plain', () => plainPdf(form, fonts.regular));
    plainSize = plain.length;
  });
  const missing = missingGlyphs(form, fonts).map(({ char }) => char);
  if (missing.length > 0) throw new Error(`The font lacks ${missing.join('')}.`);
  return { taken, first, size, plainSize };
}
