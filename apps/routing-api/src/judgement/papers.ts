import type { SealedPaper } from '@tongban/core';
import { type Revocation, verifyPdf } from '@tongban/core/sign';
import type { Centre } from '../http/context.ts';
import type { Fault } from './fault.ts';
import { openSealed } from './materials.ts';

/** A signed paper and what its signatures are worth. */
export interface PaperVerdict {
  readonly paper: string;
  readonly address: string;
  readonly holds: boolean;
  /** Problems by their codes; `not-certified` alone does not break a paper. */
  readonly reasons: readonly string[];
}

/** A paper signed without a line, its key certified by nobody: whole, and to be called "not yet certified". */
const tolerated: readonly string[] = ['not-certified'];

/** What signatures are judged by. */
export interface PaperTrust extends Revocation {
  /** Certificates of authorities, DER. */
  readonly authorities: readonly Uint8Array[];
}

/** Verifies the papers of one item. */
export async function examinePapers(
  centre: Pick<Centre, 'database'>,
  item: string,
  papers: readonly SealedPaper[],
  trust: PaperTrust,
): Promise<{ readonly verdicts: readonly PaperVerdict[]; readonly faults: readonly Fault[] }> {
  const own = papers.filter((paper) => paper.item === item);
  if (own.length === 0) return { verdicts: [], faults: [{ fault: 'paper-missing', about: item }] };
  const verdicts: PaperVerdict[] = [];
  for (const paper of own) verdicts.push(await verifyPaper(centre, paper, trust));
  const faults = verdicts
    .filter((verdict) => !verdict.holds)
    .map(({ paper, reasons }): Fault => ({ fault: faultOf(reasons), about: paper }));
  return { verdicts, faults };
}

/** A paper that is whole but for a revocation is not broken: the person signs again, or somebody finds out when it was. */
function faultOf(reasons: readonly string[]): Fault['fault'] {
  const worst = reasons.filter((reason) => !tolerated.includes(reason));
  if (worst.every((reason) => reason === 'revoked-unproven')) return 'signing-time-unproven';
  const revoked = worst.every((reason) => reason === 'revoked' || reason === 'revoked-unproven');
  return revoked ? 'signer-revoked' : 'paper-broken';
}

export async function verifyPaper(
  centre: Pick<Centre, 'database'>,
  { paper, file, signatures }: SealedPaper,
  trust: PaperTrust,
): Promise<PaperVerdict> {
  const about = { paper, address: file.address };
  const pdf = await openSealed(centre, file);
  if (pdf === undefined) return { ...about, holds: false, reasons: ['unreadable'] };
  // At least one: a paper that claims to need no signature was signed by nobody.
  const expected = { signatures: Math.max(1, signatures) };
  const verdict = await verifyPdf(pdf, trust.authorities, expected, trust);
  const reasons = [
    ...new Set([...verdict.problems, ...verdict.signatures.flatMap((one) => one.problems)]),
  ];
  const uncertified = verdict.intact && reasons.every((reason) => tolerated.includes(reason));
  return { ...about, holds: verdict.holds || uncertified, reasons };
}
