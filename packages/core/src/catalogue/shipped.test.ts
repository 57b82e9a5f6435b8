import { readdirSync, readFileSync } from 'node:fs';
import { shippedCatalogue } from '@tongban/catalogue';
import { readCatalogueFolder, shippedFolder } from '@tongban/catalogue/folder';
import Schema from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { assembleCatalogue } from './assemble.ts';
import { checkCatalogue } from './check.ts';
import { planFor } from './plan.ts';
import { publishedSchemas } from './published.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(`${shippedFolder}/${path}`, 'utf8'));

describe('the shipped catalogue', () => {
  it('passes the check', () => {
    const checked = checkCatalogue(assembleCatalogue(readCatalogueFolder(shippedFolder)));
    expect(checked.ok ? [] : checked.error).toEqual([]);
  });

  it('offers the three services', () => {
    expect(planFor(shippedCatalogue, { kind: 'item', id: 'residence-permit' })).toBeDefined();
    expect(planFor(shippedCatalogue, { kind: 'item', id: 'sole-trader' })).toBeDefined();
    const newborn = planFor(shippedCatalogue, { kind: 'bundle', id: 'newborn' });
    expect(newborn?.items.map(({ item, after }) => [item.id, after])).toEqual([
      ['birth-certificate', []],
      ['vaccination-certificate', ['birth-certificate']],
      ['household-registration', ['birth-certificate']],
      ['medical-insurance', ['household-registration']],
      ['social-security-card', ['household-registration']],
    ]);
    expect(newborn?.questions).toHaveLength(9);
    expect(newborn?.days).toBe(9);
  });

  it('says everything of the residence permit in Uyghur', () => {
    const permit = shippedCatalogue.items.find(({ id }) => id === 'residence-permit');
    const asked = permit?.questions.flatMap(({ fields }) => fields.map(({ field }) => field));
    const fields = shippedCatalogue.dictionary.filter(({ id }) => asked?.includes(id));
    const departments = shippedCatalogue.departments.filter(({ id }) => id.startsWith('police'));
    const { events, reasons } = shippedCatalogue;
    expect(without(permit, 'ug')).toEqual([]);
    expect(without({ fields, departments, events, reasons }, 'ug')).toEqual([]);
  });
});

describe('the published schemas', () => {
  const published = publishedSchemas();

  it('are those of the types', () => {
    const names = Object.keys(published).map((name) => `${name}.schema.json`);
    expect(readdirSync(`${shippedFolder}/schema`).sort()).toEqual(names.sort());
    for (const [name, schema] of Object.entries(published))
      expect(read(`schema/${name}.schema.json`)).toEqual(schema);
  });

  const files = [
    ...Object.keys(published)
      .filter((name) => name !== 'item' && name !== 'bundle')
      .map((name) => [`${name}.json`, name] as const),
    ...readdirSync(`${shippedFolder}/items`).map((name) => [`items/${name}`, 'item'] as const),
    ...readdirSync(`${shippedFolder}/bundles`).map(
      (name) => [`bundles/${name}`, 'bundle'] as const,
    ),
  ];
  it.each(files)('accept %s and refuse a stranger in it', (file, name) => {
    const schema = published[name] as object;
    const value = read(file);
    expect(Schema.Errors(schema, value)[1]).toEqual([]);
    const stranger = Array.isArray(value)
      ? [...value, { stranger: 1 }]
      : { ...(value as object), stranger: 1 };
    expect(Schema.Check(schema, stranger)).toBe(false);
  });
});

/** Paths of texts that lack a language. */
function without(value: unknown, language: string, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh-CN' in value) return language in value ? [] : [path];
  return Object.entries(value).flatMap(([key, part]) => without(part, language, `${path}/${key}`));
}
