import { makeCaseNumber } from '../case/caseNumber.ts';
import { chinaDate } from '../case/chinaDate.ts';
import { planFor } from '../catalogue/plan.ts';
import type { Catalogue } from '../catalogue/schema.ts';
import type { Clock } from '../ports/clock.ts';
import type { Draft, Target } from './draft.ts';
import { unsigned } from './edit.ts';
import { mintMissing } from './newDraft.ts';
import type { Plan, VisitPorts } from './visit.ts';

/** The catalogue that an application follows, and what follows from it. */
export interface Followed {
  readonly catalogue: Catalogue;
  readonly plan: Plan;
}

/** `undefined` where the catalogue does not know the target (any more). */
export function followedBy(catalogue: Catalogue, target: Target): Followed | undefined {
  const plan = planFor(catalogue, target);
  return plan && { catalogue, plan };
}

/** Whether the last day on which a case may begin under this catalogue is over, in China. */
export function isExpired({ validUntil }: Catalogue, clock: Clock): boolean {
  return chinaDate(clock.now()) > validUntil;
}

/** The draft under another catalogue: what was entered stays, what was signed under the old one falls. */
export function moved(
  draft: Draft,
  { catalogue, plan }: Followed,
  { channel, clock, random }: Pick<VisitPorts, 'channel' | 'clock' | 'random'>,
): Draft {
  const mint = () => makeCaseNumber(catalogue.region, channel, clock.now(), random);
  const caseNumbers = mintMissing(plan, draft.caseNumbers, mint);
  return { ...unsigned(draft), catalogueVersion: catalogue.version, caseNumbers };
}
