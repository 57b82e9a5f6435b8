import { err, ok, type Result } from '../result.ts';
import type { Filing } from '../seal/manifest.ts';
import type { Language } from '../text/language.ts';
import type { Draft, Target } from './draft.ts';
import { type Followed, followedBy, isExpired, moved } from './follow.ts';
import { newDraft } from './newDraft.ts';
import { receiptFor } from './submit.ts';
import type { BeginFailure, Visit, VisitPorts } from './visit.ts';
import { visitOf } from './visitOf.ts';

export interface BeginOptions {
  readonly language?: Language;
  readonly filing?: Filing;
}

/**
 * Begins an application, or goes on with one: a reopened draft, or one that came from another device. A draft
 * follows the catalogue of this device; an expired one is opened all the same, so that nothing entered is lost.
 * A newer one that comes meanwhile takes its place; until then it says so when it is submitted.
 */
export async function beginVisit(
  ports: VisitPorts,
  from: Target | Draft,
  options: BeginOptions = {},
): Promise<Result<Visit, BeginFailure>> {
  const known = 'submissionId' in from ? from : undefined;
  const followed = followedBy(ports.catalogue(), known?.target ?? (from as Target));
  if (followed === undefined) return err('unknown-item');
  if (known === undefined && isExpired(followed.catalogue, ports.clock))
    return err('catalogue-expired');
  const draft =
    known === undefined
      ? newDraft(ports, followed, options)
      : await reopened(known, followed, ports);
  if (draft !== known) {
    const saved = await ports.store.save(draft);
    if (!saved.ok) return saved;
  }
  return ok(visitOf(draft, followed, ports));
}

async function reopened(draft: Draft, followed: Followed, ports: VisitPorts): Promise<Draft> {
  if (draft.receipt !== undefined) return draft;
  if (draft.manifest !== undefined) {
    // The power failed between the outbox and the draft: the submission is out, only the receipt is missing.
    const out = (await ports.outbox.list()).some(
      ({ submissionId }) => submissionId === draft.submissionId,
    );
    if (out)
      return { ...draft, receipt: await receiptFor(draft, draft.manifest, ports), step: 'receipt' };
  }
  return draft.catalogueVersion === followed.catalogue.version
    ? draft
    : moved(draft, followed, ports);
}
