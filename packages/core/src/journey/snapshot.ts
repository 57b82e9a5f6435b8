import type { Catalogue } from '../catalogue/schema.ts';
import { differences } from '../compare/difference.ts';
import { checkAnswer } from '../form/check.ts';
import { assuranceOf, suffices } from '../identity/assurance.ts';
import { type Applicable, applicable } from './applicable.ts';
import type { Draft } from './draft.ts';
import type { Followed } from './follow.ts';
import type { Plan, VisitSnapshot } from './visit.ts';

/** Derives what a screen shows. Nothing of it is stored, so it can never disagree with the draft. */
export function snapshotOf(draft: Draft, { catalogue, plan }: Followed, now: Date): VisitSnapshot {
  const applies = applicable(plan, draft.answers);
  const faults = faultsOf(applies, catalogue, now);
  const missing = missingOf(draft, plan, applies, faults);
  const readings = Object.fromEntries(
    Object.entries(draft.materials).map(([id, material]) => [id, material.readings]),
  );
  const needed = applies.materials.flatMap((entry) => (entry.needed ? [entry.material] : []));
  return {
    draft,
    catalogue,
    plan,
    questions: applies.questions,
    materials: applies.materials,
    faults,
    differences: differences(needed, catalogue.dictionary, applies.values, readings),
    missing,
    minutesLeft: minutesLeft(draft, plan, applies, missing),
    needsConfirmation: !draft.evidence.some((one) =>
      suffices(assuranceOf(one), plan.minimumAssurance),
    ),
    ...(draft.receipt === undefined ? {} : { receipt: draft.receipt }),
  };
}

function faultsOf(applies: Applicable, catalogue: Catalogue, now: Date): VisitSnapshot['faults'] {
  const dictionary = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  return applies.questions.flatMap(({ fields }) =>
    fields.flatMap(({ field: id }) => {
      const field = dictionary.get(id);
      const fault = field && checkAnswer(field, applies.values[id] ?? '', false, now);
      return fault === undefined ? [] : [{ field: id, fault }];
    }),
  );
}

function missingOf(
  draft: Draft,
  plan: Plan,
  applies: Applicable,
  faults: VisitSnapshot['faults'],
): VisitSnapshot['missing'] {
  const wrong = new Set(faults.map(({ field }) => field));
  const fields = applies.questions
    .flatMap((question) => question.fields)
    .filter(({ field, required }) => wrong.has(field) || (required && !applies.values[field]))
    .map(({ field }) => ({ kind: 'field', field }) as const);
  const materials = applies.materials
    .filter(({ material, needed, exempt }) => {
      const state = draft.materials[material.id]?.state ?? 'missing';
      const promised = state === 'promised' && material.gapDays !== undefined;
      return needed && !exempt && state !== 'provided' && !promised;
    })
    .map(({ material }) => ({ kind: 'material', material: material.id }) as const);
  return [
    ...(draft.evidence.length === 0 ? [{ kind: 'identity' } as const] : []),
    ...(consented(draft, plan) ? [] : [{ kind: 'consent' } as const]),
    ...fields,
    ...materials,
  ];
}

function consented(draft: Draft, plan: Plan): boolean {
  const given = (kind: 'notice' | 'separate', item: string) =>
    draft.consents.some((consent) => consent.kind === kind && consent.item === item);
  return (
    given('notice', plan.target.id) &&
    plan.separateConsents.every(({ item }) => given('separate', item))
  );
}

/** Minutes by share of what is still to do; a material takes as long as two questions, signing too. */
function minutesLeft(
  draft: Draft,
  plan: Plan,
  applies: Applicable,
  missing: VisitSnapshot['missing'],
): number {
  if (draft.receipt !== undefined) return 0;
  const open = new Set(missing.flatMap((part) => (part.kind === 'field' ? [part.field] : [])));
  const asked = applies.questions.filter(({ fields }) =>
    fields.some(({ field }) => open.has(field)),
  );
  const needed = applies.materials.filter(({ needed, exempt }) => needed && !exempt).length;
  const count = (kind: string) => missing.filter((part) => part.kind === kind).length;
  const signing = draft.papers.length === 0 ? 2 : 0;
  const left =
    count('identity') + count('consent') + asked.length + 2 * count('material') + signing;
  const total = 2 + applies.questions.length + 2 * needed + 2;
  return Math.max(1, Math.ceil((plan.minutes * left) / total));
}
