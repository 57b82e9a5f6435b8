import { makeCaseNumber } from '../case/caseNumber.ts';
import { base64url } from '../encoding.ts';
import type { CaseNumber, DraftId, SubmissionId } from '../ids.ts';
import { uuid } from '../ports/random.ts';
import type { Filing } from '../seal/manifest.ts';
import type { Language } from '../text/language.ts';
import type { Draft } from './draft.ts';
import type { Followed } from './follow.ts';
import type { Plan, VisitPorts } from './visit.ts';

/** A fresh draft. All numbers are minted here, so that sealing twice is the same submission. */
export function newDraft(
  ports: Pick<VisitPorts, 'clock' | 'random' | 'channel'>,
  { catalogue, plan }: Followed,
  options: { readonly language?: Language; readonly filing?: Filing },
): Draft {
  const now = ports.clock.now();
  const { random } = ports;
  const number = () => makeCaseNumber(catalogue.region, ports.channel, now, random);
  const caseNumbers = mintMissing(plan, {}, number);
  const [only] = Object.values(caseNumbers);
  return {
    id: uuid(random) as DraftId,
    target: plan.target,
    catalogueVersion: catalogue.version,
    submissionId: uuid(random) as SubmissionId,
    receiptNumber: plan.target.kind === 'item' && only !== undefined ? only : number(),
    receiptSecret: base64url(random.bytes(16)),
    caseNumbers,
    language: options.language ?? 'zh-CN',
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    filing: options.filing ?? { mode: 'self' },
    evidence: [],
    consents: [],
    answers: {},
    materials: {},
    papers: [],
    step: 'identity',
  };
}

/** A case number for each item of the plan, those already given kept. */
export function mintMissing(
  plan: Plan,
  known: Draft['caseNumbers'],
  mint: () => CaseNumber,
): Draft['caseNumbers'] {
  return Object.fromEntries(plan.items.map(({ item }) => [item.id, known[item.id] ?? mint()]));
}
