import type { Catalogue, DictionaryField } from '../catalogue/schema.ts';

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

/** Fields of an archived case whose time is over and whose values are to be deleted. */
export function fieldsToDelete(
  fields: readonly string[],
  catalogue: Pick<Catalogue, 'dictionary'>,
  archivedOn: string,
  today: string,
): readonly string[] {
  const dictionary = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  return fields.filter((id) => {
    const field = dictionary.get(id);
    return field !== undefined && keptUntil(field, archivedOn) < today;
  });
}
