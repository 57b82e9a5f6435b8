import { makeCaseNumber } from '../case/caseNumber.ts';
import { planFor } from '../catalogue/plan.ts';
import { err, ok, type Result } from '../result.ts';
import type { Filing } from '../seal/manifest.ts';
import type { Language } from '../text/language.ts';
import type { Draft, Target } from './draft.ts';
import { unsigned } from './edit.ts';
import { mintMissing, newDraft } from './newDraft.ts';
import { isExpired, receiptFor } from './submit.ts';
import type { BeginFailure, Plan, Visit, VisitPorts } from './visit.ts';
import { visitOf } from './visitOf.ts';

export interface BeginOptions {
  readonly language?: Language;
  readonly filing?: Filing;
}

/**
 * Begins an application, or goes on with one: a reopened draft, or one that came from another device. A draft
 * follows the catalogue of this device; an expired one is opened all the same, so that nothing entered is lost,
 * and says so when it is submitted.
 */
export async function beginVisit(
  ports: VisitPorts,
  from: Target | Draft,
  options: BeginOptions = {},
): Promise<Result<Visit, BeginFailure>> {
  const known = 'submissionId' in from ? from : undefined;
  const plan = planFor(ports.catalogue, known?.target ?? (from as Target));
  if (plan === undefined) return err('unknown-item');
  if (known === undefined && isExpired(ports)) return err('catalogue-expired');
  const draft =
    known === undefined ? newDraft(ports, plan, options) : await reopened(known, plan, ports);
  if (draft !== known) {
    const saved = await ports.store.save(draft);
    if (!saved.ok) return saved;
  }
  return ok(visitOf(draft, plan, ports));
}

async function reopened(draft: Draft, plan: Plan, ports: VisitPorts): Promise<Draft> {
  if (draft.receipt !== undefined) return draft;
  if (draft.manifest !== undefined) {
    // The power failed between the outbox and the draft: the submission is out, only the receipt is missing.
    const out = (await ports.outbox.list()).some(
      ({ submissionId }) => submissionId === draft.submissionId,
    );
    if (out)
      return { ...draft, receipt: await receiptFor(draft, draft.manifest, ports), step: 'receipt' };
  }
  const { catalogue, channel, clock, random } = ports;
  if (draft.catalogueVersion === catalogue.version) return draft;
  const mint = () => makeCaseNumber(catalogue.region, channel, clock.now(), random);
  const caseNumbers = mintMissing(plan, draft.caseNumbers, mint);
  return { ...unsigned(draft), catalogueVersion: catalogue.version, caseNumbers };
}
