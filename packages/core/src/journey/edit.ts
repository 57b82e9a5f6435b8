import { holds } from '../catalogue/condition.ts';
import type { DictionaryField } from '../catalogue/schema.ts';
import { checkAnswer } from '../form/check.ts';
import { normalAnswer } from '../form/normal.ts';
import { isSamePerson } from '../identity/assurance.ts';
import type { IdentityEvidence } from '../identity/evidence.ts';
import type { Answer, AnswerSource } from '../seal/manifest.ts';
import type { Draft, DraftFile, DraftMaterial } from './draft.ts';
import type { Plan } from './visit.ts';

type Answers = Draft['answers'];

/** The draft without what was signed or fixed: whatever changes the content makes it worthless. */
export function unsigned(draft: Draft): Draft {
  const { manifest: _, ...rest } = draft;
  return { ...rest, papers: [] };
}

/** One answer set or cleared, with those that follow it. */
export function withAnswer(
  draft: Draft,
  fields: readonly DictionaryField[],
  field: DictionaryField,
  value: string,
  source: AnswerSource,
): Draft {
  const { [field.id]: _, ...others } = draft.answers;
  const normal = normalAnswer(field, value);
  const answers = normal === '' ? others : { ...others, [field.id]: { value: normal, source } };
  return { ...draft, answers: derive(fields, answers) };
}

/**
 * Evidence added, and what it says filled in where nobody typed. Evidence of another person begins the draft again: two
 * identities in one application would let either be taken for the other, and consents, answers, files and what codes on
 * them said are all the first one's. What remains is what was chosen before anyone was known, target, language and
 * filing, and the numbers, which nobody holds before the receipt.
 */
export function withEvidence(
  draft: Draft,
  fields: readonly DictionaryField[],
  evidence: IdentityEvidence,
  now: Date,
): Draft {
  const same = draft.evidence.every((one) => isSamePerson(one, evidence));
  const own = same ? draft : nobodys(draft);
  const answers: Record<string, Answer> = { ...own.answers };
  for (const field of fields) {
    const value = field.from === undefined ? undefined : evidence.attributes[field.from];
    const known = answers[field.id]?.source ?? 'derived';
    const open = known === 'derived' || known === 'identity';
    if (value === undefined || !open || !holds(field.fromWhen, evidence.attributes)) continue;
    if (checkAnswer(field, value, true, now) !== undefined) continue;
    answers[field.id] = { value: normalAnswer(field, value), source: 'identity' };
  }
  return { ...own, evidence: [...own.evidence, evidence], answers: derive(fields, answers) };
}

/** The draft with nothing in it that any person said, showed, agreed to or signed. */
function nobodys(draft: Draft): Draft {
  const empty = { evidence: [], consents: [], answers: {}, materials: {} };
  return { ...unsigned(draft), ...empty };
}

/** Fields that take another's value until somebody types. */
function derive(fields: readonly DictionaryField[], answers: Answers): Answers {
  const derived: Record<string, Answer> = { ...answers };
  for (const { id, sameAs } of fields) {
    if (sameAs === undefined || (derived[id] ?? { source: 'derived' }).source !== 'derived')
      continue;
    const value = derived[sameAs]?.value;
    if (value === undefined) delete derived[id];
    else derived[id] = { value, source: 'derived' };
  }
  return derived;
}

/** Consent to the notice, and to each use that needs its own, as of now. */
export function withConsent(draft: Draft, plan: Plan, now: Date): Draft {
  const at = now.toISOString();
  const separate = plan.separateConsents.map(
    ({ item }) => ({ kind: 'separate', item, at }) as const,
  );
  return { ...draft, consents: [{ kind: 'notice', item: plan.target.id, at }, ...separate] };
}

const nothing: DraftMaterial = { state: 'missing', files: [], readings: {} };

export function materialOf(draft: Draft, id: string): DraftMaterial {
  return draft.materials[id] ?? nothing;
}

export function withMaterial(draft: Draft, id: string, material: DraftMaterial): Draft {
  return { ...draft, materials: { ...draft.materials, [id]: material } };
}

/** The material as its files make it: provided or missing, saying what codes on them say. */
export function materialWith(files: readonly DraftFile[]): DraftMaterial {
  const readings = Object.assign({}, ...files.map((file) => file.readings ?? {}));
  return { state: files.length === 0 ? 'missing' : 'provided', files, readings };
}
