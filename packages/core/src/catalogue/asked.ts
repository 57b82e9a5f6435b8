import type { ServiceItem } from './schema.ts';

/** Ids of all fields that an item names, in the order it asks: what its department may see. */
export function fieldsAsked(item: ServiceItem): readonly string[] {
  return item.questions.flatMap((question) => question.fields.map(({ field }) => field));
}
