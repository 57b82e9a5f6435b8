import { identityAttributes } from '../identity/attributes.ts';
import { fieldsOf } from './condition.ts';
import type { CatalogueFault } from './fault.ts';
import type { Catalogue } from './schema.ts';

/** Dictionary, departments, events and reasons: names that exist once, references that lead somewhere. */
export function lintLists(catalogue: Catalogue): readonly CatalogueFault[] {
  return [
    ...duplicates('/dictionary', catalogue.dictionary),
    ...duplicates('/departments', catalogue.departments),
    ...duplicates('/events', catalogue.events),
    ...duplicates('/reasons', catalogue.reasons),
    ...duplicates('/items', catalogue.items),
    ...duplicates('/bundles', catalogue.bundles),
    ...lintDepartments(catalogue),
    ...lintDictionary(catalogue),
  ];
}

/** One fault for each id that a list holds a second time. */
export function duplicates(
  path: string,
  list: readonly { readonly id: string }[],
): readonly CatalogueFault[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: `${path}/${id}`, code: 'duplicate', message: `${id} is there twice` } as const];
  });
}

function lintDepartments({ departments }: Catalogue): readonly CatalogueFault[] {
  const parentOf = new Map(departments.map(({ id, parent }) => [id, parent]));
  return departments.flatMap(({ id, parent }): CatalogueFault[] => {
    const path = `/departments/${id}`;
    if (parent === undefined) return [];
    if (!parentOf.has(parent))
      return [{ path, code: 'unknown-department', message: `no department ${parent}` }];
    return comesBack(id, (at) => parentOf.get(at))
      ? [{ path, code: 'circle', message: `${id} stands above itself` }]
      : [];
  });
}

function lintDictionary({ dictionary }: Catalogue): readonly CatalogueFault[] {
  const sameAs = new Map(dictionary.map((field) => [field.id, field.sameAs]));
  const attributes: readonly string[] = identityAttributes;
  return dictionary.flatMap((field) => {
    const path = `/dictionary/${field.id}`;
    const faults: CatalogueFault[] = [];
    const say = (code: CatalogueFault['code'], message: string) =>
      faults.push({ path, code, message });
    if (field.kind === 'choice' && field.choices === undefined)
      say('choices-missing', 'a choice needs choices');
    if (field.choices !== undefined && field.kind !== 'choice' && field.kind !== 'region')
      say('choices-unused', `${field.kind} takes no choices`);
    const values = (field.choices ?? []).map(({ value }) => ({ id: value }));
    faults.push(...duplicates(`${path}/choices`, values));
    if (field.sameAs !== undefined && !sameAs.has(field.sameAs))
      say('unknown-field', `no field ${field.sameAs}`);
    if (comesBack(field.id, (at) => sameAs.get(at)))
      say('circle', `${field.id} takes its value from itself`);
    const read = [field.from, ...fieldsOf(field.fromWhen).map((part) => part.field)];
    for (const attribute of read)
      if (attribute !== undefined && !attributes.includes(attribute))
        say('unknown-attribute', `identity evidence has no ${attribute}`);
    if (field.fromWhen !== undefined && field.from === undefined)
      say('unknown-attribute', 'fromWhen without from');
    return faults;
  });
}

function comesBack(start: string, next: (at: string) => string | undefined): boolean {
  const seen = new Set<string>();
  for (let at = next(start); at !== undefined && !seen.has(at); at = next(at)) {
    if (at === start) return true;
    seen.add(at);
  }
  return false;
}
