import { shippedCatalogue } from '@tongban/catalogue';
import { describe, expect, it } from 'vitest';
import { checkCatalogue } from './check.ts';
import type { CatalogueFaultCode } from './fault.ts';
import type { Bundle, Catalogue, DictionaryField, ServiceItem } from './schema.ts';

/** One way to break a good catalogue for each rule, and where the fault must point. */
const breaks: Readonly<
  Record<CatalogueFaultCode, readonly [where: string, breaking: (catalogue: Catalogue) => void][]>
> = {
  schema: [
    ['/validUntil', (c) => Object.assign(c, { validUntil: '31.12.2027' })],
    ['/items/residence-permit/name', (c) => Reflect.deleteProperty(permit(c).name, 'en')],
    ['/items/sole-trader', (c) => Object.assign(item(c, 'sole-trader'), { stranger: true })],
  ],
  duplicate: [
    ['/dictionary/child.name', (c) => c.dictionary.push(field(c, 'child.name'))],
    ['/departments/police', (c) => c.departments.push({ ...department(c, 'police') })],
    ['/items/residence-permit', (c) => c.items.push(permit(c))],
    ['/items/residence-permit/materials/photo', (c) => permit(c).materials.push(photo(c))],
    [
      '/items/residence-permit/questions/delivery/applicant.name',
      (c) => last(permit(c).questions).fields.push({ field: 'applicant.name', required: true }),
    ],
    [
      '/bundles/newborn/items/birth-certificate',
      (c) => newborn(c).items.push(first(newborn(c).items)),
    ],
    ['/bundles/newborn/questionOrder', (c) => newborn(c).questionOrder.push('parents')],
  ],
  'unknown-field': [
    [
      '/items/residence-permit/questions/delivery/no.such',
      (c) => last(permit(c).questions).fields.push({ field: 'no.such', required: true }),
    ],
    [
      '/items/residence-permit/materials/photo',
      (c) => photo(c).compare.push({ attribute: 'a', field: 'no.such' }),
    ],
    ['/dictionary/child.name', (c) => Object.assign(field(c, 'child.name'), { sameAs: 'no.such' })],
  ],
  'unknown-department': [
    [
      '/items/residence-permit/department',
      (c) => Object.assign(permit(c), { department: 'nobody' }),
    ],
    [
      '/items/residence-permit/routing/0',
      (c) => Object.assign(first(permit(c).routing), { to: 'nobody' }),
    ],
    [
      '/departments/police-nanhu',
      (c) => Object.assign(department(c, 'police-nanhu'), { parent: 'nobody' }),
    ],
    ['/bundles/newborn/lead', (c) => Object.assign(newborn(c), { lead: 'nobody' })],
  ],
  'unknown-event': [
    ['/items/residence-permit/events', (c) => permit(c).events.push('never')],
    ['/bundles/newborn/events', (c) => newborn(c).events.push('never')],
  ],
  'unknown-item': [
    [
      '/bundles/newborn/items/passport',
      (c) => newborn(c).items.push({ item: 'passport', after: [] }),
    ],
  ],
  'unknown-attribute': [
    ['/dictionary/child.name', (c) => Object.assign(field(c, 'child.name'), { from: 'shoeSize' })],
    [
      '/dictionary/child.name',
      (c) => Object.assign(field(c, 'child.name'), { fromWhen: { field: 'sex', equals: '1' } }),
    ],
  ],
  'unknown-choice': [
    [
      '/items/residence-permit/materials/photo',
      (c) => Object.assign(photo(c), { when: { field: 'residence.basis', equals: 'luck' } }),
    ],
    [
      '/items/sole-trader/materials/neighbour-consent',
      (c) =>
        Object.assign(material(c, 'sole-trader', 'neighbour-consent'), {
          when: { field: 'business.dwelling', in: ['yes', 'perhaps'] },
        }),
    ],
  ],
  circle: [
    [
      '/departments/police',
      (c) => Object.assign(department(c, 'police'), { parent: 'police-nanhu' }),
    ],
    [
      '/dictionary/household.street',
      (c) => Object.assign(field(c, 'household.street'), { sameAs: 'insurance.street' }),
    ],
  ],
  'choices-missing': [
    ['/dictionary/child.sex', (c) => Reflect.deleteProperty(field(c, 'child.sex'), 'choices')],
  ],
  'choices-unused': [
    [
      '/dictionary/child.name',
      (c) => Object.assign(field(c, 'child.name'), { choices: field(c, 'child.sex').choices }),
    ],
  ],
  'not-asked': [
    ['/items/residence-permit/whole', (c) => permit(c).whole.push('child.name')],
    [
      '/items/residence-permit/routing/0',
      (c) => Object.assign(first(permit(c).routing), { when: { field: 'child.sex', equals: '1' } }),
    ],
    ['/bundles/newborn/questionOrder', (c) => newborn(c).questionOrder.push('weather')],
  ],
  'asked-later': [
    [
      '/items/residence-permit/questions/applicant',
      (c) =>
        Object.assign(first(permit(c).questions), {
          when: { field: 'residence.basis', equals: 'work' },
        }),
    ],
    [
      '/bundles/newborn/questions/contact/father.mobile',
      (c) => newborn(c).questionOrder.sort(contactFirst),
    ],
  ],
  'last-rule': [['/items/residence-permit/routing/1', (c) => permit(c).routing.pop()]],
  'unreachable-rule': [['/items/residence-permit/routing/0', (c) => permit(c).routing.reverse()]],
  'read-from': [
    [
      '/items/residence-permit/materials/photo',
      (c) => Object.assign(photo(c), { readFrom: ['identity'] }),
    ],
    [
      '/items/residence-permit/materials/home-proof',
      (c) => Reflect.deleteProperty(material(c, 'residence-permit', 'home-proof'), 'readFrom'),
    ],
  ],
  gap: [
    ['/items/residence-permit/materials/photo', (c) => Object.assign(photo(c), { gapDays: 5 })],
  ],
  immediate: [
    ['/items/residence-permit/caseKind', (c) => Object.assign(permit(c), { caseKind: '1' })],
    [
      '/items/vaccination-certificate/caseKind',
      (c) => Object.assign(item(c, 'vaccination-certificate'), { caseKind: '2' }),
    ],
  ],
  promise: [
    ['/items/residence-permit/time', (c) => Object.assign(permit(c).time, { promised: 16 })],
  ],
  visits: [['/items/residence-permit/visits', (c) => Object.assign(permit(c), { visits: 1 })]],
  delivery: [
    [
      '/items/residence-permit/delivery',
      (c) => Object.assign(permit(c), { channels: ['1', '9'], delivery: false }),
    ],
  ],
  payment: [
    [
      '/items/residence-permit/onlinePayment',
      (c) => Object.assign(permit(c), { onlinePayment: true }),
    ],
  ],
  'same-number': [
    [
      '/items/residence-permit/complaint',
      (c) => Object.assign(permit(c), { complaint: permit(c).enquiry }),
    ],
  ],
  process: [
    [
      '/items/residence-permit/process',
      (c) => permit(c).process?.push({ name: { 'zh-CN': '送达', en: 'Delivery' }, days: 1 }),
    ],
  ],
  certificate: [
    [
      '/items/residence-permit/result',
      (c) => Object.assign(permit(c).result, { certificate: false }),
    ],
  ],
  order: [
    [
      '/bundles/newborn/items/birth-certificate',
      (c) => first(newborn(c).items).after.push('medical-insurance'),
    ],
    ['/bundles/newborn/questionOrder', (c) => newborn(c).questionOrder.pop()],
  ],
  'shared-differs': [
    [
      '/bundles/newborn/questions/parents',
      (c) => Object.assign(question(c, 'medical-insurance', 'parents'), { help: undefined }),
    ],
    [
      '/bundles/newborn/materials/father-id',
      (c) => Object.assign(material(c, 'birth-certificate', 'father-id'), { maxFiles: 7 }),
    ],
  ],
  'asked-twice': [
    [
      '/bundles/newborn/questions/insurance/child.name',
      (c) => {
        item(c, 'medical-insurance').questions.shift();
        const insurance = question(c, 'medical-insurance', 'insurance');
        insurance.fields.push({ field: 'child.name', required: true });
      },
    ],
  ],
};

const cases = Object.entries(breaks).flatMap(([code, list]) =>
  list.map(([where, breaking]) => [code, where, breaking] as const),
);

describe('the check of a catalogue', () => {
  it.each(cases)('finds %s at %s', (code, where, breaking) => {
    const catalogue = copy();
    breaking(catalogue);
    const checked = checkCatalogue(catalogue);
    const faults = checked.ok ? [] : checked.error;
    expect(faults.map((fault) => [fault.code, fault.path])).toContainEqual([code, where]);
    expect(faults.every(({ message }) => message.length > 0)).toBe(true);
  });

  it('names all faults at once', () => {
    const catalogue = copy();
    Object.assign(permit(catalogue), { department: 'nobody', visits: 1 });
    const checked = checkCatalogue(catalogue);
    expect(checked.ok ? [] : checked.error).toHaveLength(2);
  });

  it.each([null, 7, 'catalogue', [], {}])('refuses %j', (json) => {
    const checked = checkCatalogue(json);
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.error.every(({ code }) => code === 'schema')).toBe(true);
  });
});

/** As read from files of their own: a shared material is no longer one object. */
function copy(): Catalogue {
  return JSON.parse(JSON.stringify(shippedCatalogue)) as Catalogue;
}
function first<T>(list: readonly T[]): T {
  return list[0] as T;
}
function last<T>(list: readonly T[]): T {
  return list.at(-1) as T;
}
function item(catalogue: Catalogue, id: string): ServiceItem {
  return catalogue.items.find((candidate) => candidate.id === id) as ServiceItem;
}
function permit(catalogue: Catalogue): ServiceItem {
  return item(catalogue, 'residence-permit');
}
function photo(catalogue: Catalogue) {
  return material(catalogue, 'residence-permit', 'photo');
}
function material(catalogue: Catalogue, of: string, id: string) {
  return item(catalogue, of).materials.find((one) => one.id === id) as ServiceItem['materials'][0];
}
function question(catalogue: Catalogue, of: string, id: string) {
  return item(catalogue, of).questions.find((one) => one.id === id) as ServiceItem['questions'][0];
}
function field(catalogue: Catalogue, id: string): DictionaryField {
  return catalogue.dictionary.find((candidate) => candidate.id === id) as DictionaryField;
}
function department(catalogue: Catalogue, id: string) {
  return catalogue.departments.find((one) => one.id === id) as Catalogue['departments'][0];
}
function newborn(catalogue: Catalogue): Bundle {
  return catalogue.bundles.find(({ id }) => id === 'newborn') as Bundle;
}
function contactFirst(a: string, b: string): number {
  return Number(b === 'contact') - Number(a === 'contact');
}
