import type { CatalogueFault, CatalogueFaultCode } from './fault.ts';
import { lintPlanOrder } from './lintPlanOrder.ts';
import type { Bundle, Catalogue, ServiceItem } from './schema.ts';

type Say = (where: string, code: CatalogueFaultCode, message: string) => void;

/** Bundles: items in an order that their dependencies allow, shared things the same in each, all asked once. */
export function lintBundles(catalogue: Catalogue): readonly CatalogueFault[] {
  return catalogue.bundles.flatMap((bundle) => {
    const faults: CatalogueFault[] = [];
    const say: Say = (where, code, message) =>
      faults.push({ path: `/bundles/${bundle.id}${where}`, code, message });
    const items = lintItemOrder(bundle, catalogue, say);
    if (!catalogue.departments.some(({ id }) => id === bundle.lead))
      say('/lead', 'unknown-department', `no department ${bundle.lead}`);
    for (const event of bundle.events)
      if (!catalogue.events.some(({ id }) => id === event))
        say('/events', 'unknown-event', `no event ${event}`);
    lintQuestionOrder(bundle, items, say);
    lintShared(items, say);
    if (faults.length === 0) lintPlanOrder(bundle, catalogue, say);
    return faults;
  });
}

function lintItemOrder(bundle: Bundle, catalogue: Catalogue, say: Say): readonly ServiceItem[] {
  const before = new Set<string>();
  return bundle.items.flatMap(({ item: id, after }) => {
    for (const earlier of after)
      if (!before.has(earlier)) say(`/items/${id}`, 'order', `${earlier} does not come before it`);
    if (before.has(id)) say(`/items/${id}`, 'duplicate', `${id} is there twice`);
    before.add(id);
    const item = catalogue.items.find((candidate) => candidate.id === id);
    if (item === undefined) say(`/items/${id}`, 'unknown-item', `no item ${id}`);
    return item === undefined ? [] : [item];
  });
}

function lintQuestionOrder(bundle: Bundle, items: readonly ServiceItem[], say: Say) {
  const asked = new Set(items.flatMap((item) => item.questions.map(({ id }) => id)));
  const ordered = new Set(bundle.questionOrder);
  if (ordered.size < bundle.questionOrder.length)
    say('/questionOrder', 'duplicate', 'a question stands in the order twice');
  for (const id of asked)
    if (!ordered.has(id)) say('/questionOrder', 'order', `${id} has no place in the order`);
  for (const id of ordered)
    if (!asked.has(id)) say('/questionOrder', 'not-asked', `no item asks ${id}`);
}

/** Items that share a question, field or material must mean the same by it: it is asked and shown once. */
function lintShared(items: readonly ServiceItem[], say: Say) {
  const questionOf = new Map<string, string>();
  const seen = new Map<string, string>();
  const same = (where: string, value: unknown) => {
    const text = JSON.stringify(value) ?? '';
    const first = seen.get(where) ?? text;
    seen.set(where, first);
    if (text !== first) say(where, 'shared-differs', 'items disagree on what they share');
  };
  for (const item of items) {
    for (const { id, title, help, when, fields } of item.questions) {
      same(`/questions/${id}`, [title, help, when]);
      for (const { field, when: fieldWhen } of fields) {
        if ((questionOf.get(field) ?? id) !== id)
          say(`/questions/${id}/${field}`, 'asked-twice', `also asked in ${questionOf.get(field)}`);
        questionOf.set(field, id);
        same(`/questions/${id}/${field}`, fieldWhen);
      }
    }
    for (const material of item.materials) same(`/materials/${material.id}`, material);
  }
}
