import { type Catalogue, type Language, localText } from '@tongban/core';
import type { TFunction } from 'i18next';
import { answerInWords } from '../form/answerInWords.ts';

/** What the catalogue calls things, in the reader's language. An id it does not know is shown as it is. */
export interface Names {
  item(id: string): string;
  bundle(id: string): string;
  department(id: string): string;
  /** Short name, for narrow places. */
  departmentShort(id: string): string;
  field(id: string): string;
  /** A value as people read it: choices by their label, dates written out. */
  value(field: string, raw: string): string;
  material(id: string): string;
  reason(id: string): string;
  /** A name for an id of whatever kind: material, field or item. */
  anything(id: string): string;
  /** What the item ends in, e.g. 居住证. */
  result(item: string): string;
  /** Why the item's routing rule at `rule` chose its department. */
  because(item: string, rule: number): string;
}

export function namesOf(catalogue: Catalogue, language: Language, t: TFunction): Names {
  const items = new Map(catalogue.items.map((item) => [item.id, item]));
  const bundles = new Map(catalogue.bundles.map((bundle) => [bundle.id, bundle]));
  const departments = new Map(catalogue.departments.map((one) => [one.id, one]));
  const fields = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  const reasons = new Map(catalogue.reasons.map((reason) => [reason.id, reason]));
  const materials = new Map(
    catalogue.items.flatMap((item) => item.materials.map((one) => [one.id, one] as const)),
  );

  return {
    item: (id) => named(items.get(id)?.name, id, language),
    bundle: (id) => named(bundles.get(id)?.name, id, language),
    department: (id) => named(departments.get(id)?.name, id, language),
    departmentShort: (id) => named(departments.get(id)?.short, id, language),
    field: (id) => named(fields.get(id)?.label, id, language),
    value(field, raw) {
      const known = fields.get(field);
      return known === undefined ? raw : answerInWords(known, raw, language, t);
    },
    material: (id) => named(materials.get(id)?.name, id, language),
    anything: (id) =>
      named(materials.get(id)?.name ?? fields.get(id)?.label ?? items.get(id)?.name, id, language),
    reason: (id) => named(reasons.get(id)?.text, id, language),
    result: (id) => named(items.get(id)?.result.name, id, language),
    because: (id, rule) => named(items.get(id)?.routing[rule]?.because, String(rule), language),
  };
}

function named(
  text: Parameters<typeof localText>[0] | undefined,
  id: string,
  language: Language,
): string {
  return text === undefined ? id : localText(text, language);
}
