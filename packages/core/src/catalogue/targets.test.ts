import { shippedCatalogue } from '@tongban/catalogue';
import { describe, expect, it } from 'vitest';
import type { Language } from '../text/language.ts';
import { planFor } from './plan.ts';
import { searchCatalogue } from './search.ts';
import { departmentsUnder, eventsWithTargets, targetsOf } from './targets.ts';

const ids = (entries: readonly { readonly target: { readonly id: string } }[]) =>
  entries.map(({ target }) => target.id);
const search = (text: string, language: Language = 'zh-CN') =>
  ids(searchCatalogue(shippedCatalogue, text, language));

describe('what can be applied for', () => {
  it('begins with bundles', () => {
    expect(ids(targetsOf(shippedCatalogue))[0]).toBe('newborn');
    expect(targetsOf(shippedCatalogue)).toHaveLength(8);
  });

  it('is found by life event, and an event that leads nowhere is no door', () => {
    expect(ids(targetsOf(shippedCatalogue, { event: 'moving' }))).toEqual(['residence-permit']);
    const doors = eventsWithTargets(shippedCatalogue).map(({ event, items }) => [event.id, items]);
    expect(doors).toEqual([
      ['birth', 5],
      ['moving', 1],
      ['own-shop', 1],
      ['restaurant', 1],
    ]);
  });

  it('is found by department, the lead first and those that take part', () => {
    expect(ids(targetsOf(shippedCatalogue, { department: 'police' }))).toEqual([
      'newborn',
      'household-registration',
      'residence-permit',
    ]);
    expect(departmentsUnder(shippedCatalogue, 'police')).toEqual([
      'police',
      'police-nanhu',
      'police-beita',
    ]);
  });
});

describe('search', () => {
  it.each([
    ['居住证', 'residence-permit'],
    ['我想给孩子上户口', 'household-registration'],
    ['juzhuzheng', 'residence-permit'],
    ['GTGSH', 'sole-trader'],
    ['开个小店', 'sole-trader'],
    ['营业执照怎么办', 'sole-trader'],
    ['新生儿', 'newborn'],
    ['疫苗', 'vaccination-certificate'],
  ])('of %s finds %s first', (text, id) => expect(search(text)[0]).toBe(id));

  it('speaks the reader’s language', () => {
    expect(search('residence permit', 'en')[0]).toBe('residence-permit');
    expect(search('ئولتۇراق', 'ug')).toEqual(['residence-permit']);
  });

  it.each(['', '   ', 'xyzzy', '钓鱼'])('of %j finds nothing', (text) =>
    expect(search(text)).toEqual([]),
  );
});

describe('a plan', () => {
  it('asks each field once, required where any item requires it', () => {
    const plan = planFor(shippedCatalogue, { kind: 'bundle', id: 'newborn' });
    const fields = plan?.questions.flatMap((question) => question.fields) ?? [];
    expect(new Set(fields.map(({ field }) => field)).size).toBe(fields.length);
    expect(fields.find(({ field }) => field === 'mother.residentId')?.required).toBe(true);
    expect(fields.find(({ field }) => field === 'father.mobile')?.required).toBe(false);
  });

  it('keeps who needs each material, and the strictest assurance', () => {
    const plan = planFor(shippedCatalogue, { kind: 'bundle', id: 'newborn' });
    const fathers = plan?.materials.find(({ material }) => material.id === 'father-id');
    expect(fathers?.items).toEqual(['birth-certificate', 'household-registration']);
    expect(plan?.minimumAssurance).toBe('read');
    expect(plan?.separateConsents).toHaveLength(5);
  });

  it('of a single item is that item', () => {
    const plan = planFor(shippedCatalogue, { kind: 'item', id: 'vaccination-certificate' });
    expect(plan).toMatchObject({ days: 0, minimumAssurance: 'declared' });
    expect(plan?.items).toHaveLength(1);
  });

  it('is nothing where the catalogue has nothing', () => {
    expect(planFor(shippedCatalogue, { kind: 'item', id: 'newborn' })).toBeUndefined();
    expect(planFor(shippedCatalogue, { kind: 'bundle', id: 'x' })).toBeUndefined();
    const torn = { ...shippedCatalogue, items: shippedCatalogue.items.slice(1) };
    expect(planFor(torn, { kind: 'bundle', id: 'newborn' })).toBeUndefined();
  });
});
