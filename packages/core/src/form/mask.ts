import type { DictionaryField, ServiceItem } from '../catalogue/schema.ts';

/**
 * An answer as those see it who need not know it: grades 1 and 2 as they are, 3 and 4 with as much as tells two
 * cases apart. Counts code points.
 */
export function maskedValue(field: Pick<DictionaryField, 'kind' | 'grade'>, value: string): string {
  if (field.grade < 3 || value === '') return value;
  const chars = Array.from(value);
  const show = (first: number, last: number) =>
    chars.map((char, i) => (i < first || i >= chars.length - last ? char : '*')).join('');
  switch (field.kind) {
    case 'resident-id':
      return chars.length < 8 ? '***' : show(2, 2);
    case 'mobile':
      return chars.length < 11 ? '***' : show(3, 4);
    case 'bank-card':
      return chars.length < 12 ? '***' : show(0, 4);
    case 'date':
      return `${value.slice(0, 4)}-**-**`;
    case 'name':
      return show(1, 0);
    case 'address':
      // District and street tell where a case belongs; the house is nobody's business.
      return chars.length < 10 ? '***' : `${chars.slice(0, 6).join('')}***`;
    case 'text':
    case 'choice':
    case 'region':
    case 'uscc':
    case 'money':
    case 'yes-no':
      return '***';
  }
}

/** An answer as the desk of an item sees it: whole where the item says that it needs it so. */
export function valueForItem(
  item: Pick<ServiceItem, 'whole'>,
  field: DictionaryField,
  value: string,
): { readonly value: string; readonly masked: boolean } {
  const shown = item.whole.includes(field.id) ? value : maskedValue(field, value);
  return { value: shown, masked: shown !== value };
}
