import { fieldsAsked } from '../catalogue/asked.ts';
import type { Catalogue, DictionaryField, ServiceItem } from '../catalogue/schema.ts';

/** Last day (ISO date) on which a field's value may be kept, counted from the day its case was archived. */
export function keptUntil(
  field: Pick<DictionaryField, 'retentionYears'>,
  archivedOn: string,
): string {
  const [year = 0, month = 1, day = 1] = archivedOn.split('-').map(Number);
  const end = new Date(Date.UTC(year + field.retentionYears, month - 1, day));
  // 29 February in a year that has none: the last of the month, never a day longer.
  if (end.getUTCDate() !== day) end.setUTCDate(0);
  return end.toISOString().slice(0, 10);
}

/**
 * Last day on which the content of a case may be kept. It is sealed whole, so the field that is kept longest decides.
 * A case that no item fits may hold any field, so the whole dictionary does.
 */
export function caseKeptUntil(
  item: ServiceItem | undefined,
  { dictionary }: Pick<Catalogue, 'dictionary'>,
  archivedOn: string,
): string {
  const asked = item && new Set(fieldsAsked(item));
  const fields = dictionary.filter(({ id }) => asked === undefined || asked.has(id));
  const years = fields.map(({ retentionYears }) => retentionYears);
  return keptUntil({ retentionYears: Math.max(0, ...years) }, archivedOn);
}
