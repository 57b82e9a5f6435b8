import type { SealedPaper } from '@tongban/core';
import { verifyPdf } from '@tongban/core/sign';
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

/** Verifies the papers of one item. `trust` are certificates of authorities, DER. */
export async function examinePapers(
  centre: Pick<Centre, 'database'>,
  item: string,
  papers: readonly SealedPaper[],
  trust: readonly Uint8Array[],
): Promise<{ readonly verdicts: readonly PaperVerdict[]; readonly faults: readonly Fault[] }> {
  const own = papers.filter((paper) => paper.item === item);
  if (own.length === 0) return { verdicts: [], faults: [{ fault: 'paper-missing', about: item }] };
  const verdicts: PaperVerdict[] = [];
  for (const paper of own) verdicts.push(await verifyPaper(centre, paper, trust));
  const faults = verdicts
    .filter((verdict) => !verdict.holds)
    .map(({ paper }): Fault => ({ fault: 'paper-broken', about: paper }));
  return { verdicts, faults };
}

export async function verifyPaper(
  centre: Pick<Centre, 'database'>,
  { paper, file, signatures }: SealedPaper,
  trust: readonly Uint8Array[],
): Promise<PaperVerdict> {
  const about = { paper, address: file.address };
  const pdf = await openSealed(centre, file);
  if (pdf === undefined) return { ...about, holds: false, reasons: ['unreadable'] };
  // At least one: a paper that claims to need no signature was signed by nobody.
  const verdict = await verifyPdf(pdf, trust, { signatures: Math.max(1, signatures) });
  const reasons = [
    ...new Set([...verdict.problems, ...verdict.signatures.flatMap((one) => one.problems)]),
  ];
  const uncertified = verdict.intact && reasons.every((reason) => tolerated.includes(reason));
  return { ...about, holds: verdict.holds || uncertified, reasons };
}
