import { stricter } from '../identity/assurance.ts';
import type { Target } from '../journey/draft.ts';
import type { Plan } from '../journey/visit.ts';
import type { Bundle, Catalogue, Question, ServiceItem } from './schema.ts';

/** Everything that follows from the catalogue for one target; `undefined` when it is not in it. */
export function planFor(catalogue: Catalogue, target: Target): Plan | undefined {
  const find = (id: string) => catalogue.items.find((item) => item.id === id);
  if (target.kind === 'item') {
    const item = find(target.id);
    return item && planOf(target, item, [{ item, after: [] }], undefined);
  }
  const bundle = catalogue.bundles.find(({ id }) => id === target.id);
  if (bundle === undefined) return undefined;
  const items = bundle.items.flatMap(({ item, after }) => {
    const found = find(item);
    return found === undefined ? [] : [{ item: found, after }];
  });
  return items.length < bundle.items.length ? undefined : planOf(target, bundle, items, bundle);
}

function planOf(
  target: Target,
  head: ServiceItem | Bundle,
  parts: Plan['items'],
  bundle: Bundle | undefined,
): Plan {
  const items = parts.map(({ item }) => item);
  return {
    target,
    name: head.name,
    summary: head.summary,
    items: parts,
    questions: mergeQuestions(items, bundle?.questionOrder),
    materials: mergeMaterials(items),
    minutes: head.minutes,
    days: longestChain(parts),
    minimumAssurance: items.map((item) => item.minimumAssurance).reduce(stricter),
    notice: head.notice,
    separateConsents: items.flatMap(({ id, separateConsent }) =>
      separateConsent === undefined ? [] : [{ item: id, text: separateConsent }],
    ),
    declaration: head.declaration,
  };
}

/** A question shared by items becomes one that asks for every field that any of them needs. */
function mergeQuestions(
  items: readonly ServiceItem[],
  order: readonly string[] | undefined,
): readonly Question[] {
  const merged = new Map<string, Question>();
  for (const question of items.flatMap((item) => item.questions)) {
    const known = merged.get(question.id);
    merged.set(question.id, known === undefined ? question : joinQuestions(known, question));
  }
  const questions = [...merged.values()];
  if (order === undefined) return questions;
  return questions.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

function joinQuestions(one: Question, other: Question): Question {
  const required = (field: string) =>
    [...one.fields, ...other.fields].some((entry) => entry.field === field && entry.required);
  const added = other.fields.filter(({ field }) => !one.fields.some((f) => f.field === field));
  return {
    ...one,
    fields: [...one.fields, ...added].map((f) => ({ ...f, required: required(f.field) })),
  };
}

function mergeMaterials(items: readonly ServiceItem[]): Plan['materials'] {
  const merged = new Map<string, Plan['materials'][number]>();
  for (const item of items)
    for (const material of item.materials) {
      const known = merged.get(material.id);
      const names = [...(known?.items ?? []), item.id];
      merged.set(material.id, { material: known?.material ?? material, items: names });
    }
  return [...merged.values()];
}

function longestChain(parts: Plan['items']): number {
  const end = new Map<string, number>();
  for (const { item, after } of parts) {
    const start = Math.max(0, ...after.map((id) => end.get(id) ?? 0));
    end.set(item.id, start + item.time.promised);
  }
  return Math.max(0, ...end.values());
}
