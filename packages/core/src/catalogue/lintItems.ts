import { fieldsAsked } from './asked.ts';
import { type Condition, fieldsOf } from './condition.ts';
import type { CatalogueFault, CatalogueFaultCode } from './fault.ts';
import { duplicates } from './lintLists.ts';
import type { Catalogue, DictionaryField, ServiceItem } from './schema.ts';

type Say = (where: string, code: CatalogueFaultCode, message: string) => void;

/** Each service item by itself: what it refers to, the order of its questions, and its promises. */
export function lintItems(catalogue: Catalogue): readonly CatalogueFault[] {
  const dictionary = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  return catalogue.items.flatMap((item) => {
    const faults: CatalogueFault[] = [];
    const say: Say = (where, code, message) =>
      faults.push({ path: `/items/${item.id}${where}`, code, message });
    lintReferences(item, catalogue, say);
    lintQuestions(item, dictionary, say);
    lintMaterials(item, dictionary, say);
    lintRouting(item, dictionary, catalogue, say);
    lintPromises(item, say);
    faults.push(...duplicates(`/items/${item.id}/questions`, item.questions));
    faults.push(...duplicates(`/items/${item.id}/materials`, item.materials));
    return faults;
  });
}

function lintReferences(item: ServiceItem, catalogue: Catalogue, say: Say) {
  if (!catalogue.departments.some(({ id }) => id === item.department))
    say('/department', 'unknown-department', `no department ${item.department}`);
  for (const event of item.events)
    if (!catalogue.events.some(({ id }) => id === event))
      say('/events', 'unknown-event', `no event ${event}`);
  const asked = fieldsAsked(item);
  for (const field of item.whole)
    if (!asked.includes(field)) say('/whole', 'not-asked', `${field} is not asked`);
}

/** A condition may look back only: then one pass over the questions decides what applies. */
function lintQuestions(item: ServiceItem, dictionary: Dictionary, say: Say) {
  const before = new Set<string>();
  const later = new Set(fieldsAsked(item));
  for (const question of item.questions) {
    const where = `/questions/${question.id}`;
    lintCondition(question.when, dictionary, before, later, (code, text) => say(where, code, text));
    for (const { field, when } of question.fields) {
      const place = `${where}/${field}`;
      if (!dictionary.has(field)) say(place, 'unknown-field', `no field ${field}`);
      if (before.has(field)) say(place, 'duplicate', `${field} is asked twice`);
      lintCondition(when, dictionary, before, later, (code, text) => say(place, code, text));
      before.add(field);
    }
  }
}

function lintMaterials(item: ServiceItem, dictionary: Dictionary, say: Say) {
  const asked = new Set(fieldsAsked(item));
  for (const material of item.materials) {
    const where = `/materials/${material.id}`;
    const tell = (code: CatalogueFaultCode, text: string) => say(where, code, text);
    if (material.gapDays !== undefined && material.weight === 'main')
      tell('gap', 'only a secondary material may be promised (容缺)');
    if ((material.readFrom === undefined) !== (material.compare.length === 0))
      tell('read-from', 'what is compared is read from a kind of credential, and nothing else is');
    lintCondition(material.when, dictionary, asked, asked, tell);
    lintCondition(material.exempt?.when, dictionary, asked, asked, tell);
    for (const { field } of material.compare)
      if (!dictionary.has(field)) tell('unknown-field', `no field ${field}`);
  }
}

function lintRouting(item: ServiceItem, dictionary: Dictionary, catalogue: Catalogue, say: Say) {
  const asked = new Set(fieldsAsked(item));
  item.routing.forEach((rule, index) => {
    const where = `/routing/${index}`;
    const last = index === item.routing.length - 1;
    if (!catalogue.departments.some(({ id }) => id === rule.to))
      say(where, 'unknown-department', `no department ${rule.to}`);
    if (last && rule.when !== undefined)
      say(where, 'last-rule', 'the last rule takes whatever is left: no condition');
    if (!last && rule.when === undefined)
      say(where, 'unreachable-rule', 'a rule without condition hides those after it');
    lintCondition(rule.when, dictionary, asked, asked, (code, text) => say(where, code, text));
  });
}

/** What the field's practice checks on a published item (GB/T 39046-2020 guides). */
function lintPromises(item: ServiceItem, say: Say) {
  const online = item.channels.some((channel) => channel === '2' || channel === '3');
  const steps = (item.process ?? []).reduce((sum, step) => sum + step.days, 0);
  if ((item.time.promised === 0) !== (item.caseKind === '1'))
    say('/caseKind', 'immediate', 'decided on the same day (即办) and case kind 1 go together');
  if (item.time.promised > item.time.statutory)
    say('/time', 'promise', 'the promise is longer than the law allows');
  if (item.visits > 0 && item.visitReason === undefined)
    say('/visits', 'visits', 'a visit needs a reason');
  if (item.visits === 0 && !online && !item.delivery)
    say('/delivery', 'delivery', 'no visit and not online: the result must come by post');
  if (item.fee.amount === 0 && item.onlinePayment === true)
    say('/onlinePayment', 'payment', 'nothing to pay, so no payment');
  if (item.enquiry === item.complaint)
    say('/complaint', 'same-number', 'enquiry and complaint need different numbers');
  if (item.process !== undefined && steps > item.time.promised)
    say('/process', 'process', `steps take ${steps} days, the promise is ${item.time.promised}`);
  if (item.result.name['zh-CN'].endsWith('证') && !item.result.certificate)
    say('/result', 'certificate', 'a result named …证 is a certificate');
}

type Dictionary = ReadonlyMap<string, DictionaryField>;

function lintCondition(
  condition: Condition | undefined,
  dictionary: Dictionary,
  known: ReadonlySet<string>,
  asked: ReadonlySet<string>,
  say: (code: CatalogueFaultCode, message: string) => void,
) {
  for (const comparison of fieldsOf(condition)) {
    const field = dictionary.get(comparison.field);
    if (field === undefined) say('unknown-field', `no field ${comparison.field}`);
    else if (!asked.has(field.id)) say('not-asked', `${field.id} is not asked by this item`);
    else if (!known.has(field.id)) say('asked-later', `${field.id} is asked only later`);
    else if ('values' in comparison)
      for (const value of comparison.values)
        if (!possible(field, value)) say('unknown-choice', `${field.id} is never ${value}`);
  }
}

function possible(field: DictionaryField, value: string): boolean {
  if (field.kind === 'yes-no') return value === 'yes' || value === 'no';
  return field.choices === undefined || field.choices.some((choice) => choice.value === value);
}
