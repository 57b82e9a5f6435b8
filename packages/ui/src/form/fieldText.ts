import type { DictionaryField, Language } from '@tongban/core';
import { localText } from '@tongban/core';
import { longDate } from '../language/format.ts';

/** An answer as a person reads it: a choice by its name, a date in their language, long numbers in groups. */
export function answerText(
  field: DictionaryField,
  value: string,
  language: Language,
  yesNo: { readonly yes: string; readonly no: string },
): string {
  if (value === '') return '';
  const choice = field.choices?.find((each) => each.value === value);
  if (choice !== undefined) return localText(choice.label, language);
  switch (field.kind) {
    case 'date':
      return longDate(value, language);
    case 'yes-no':
      return value === 'yes' ? yesNo.yes : yesNo.no;
    case 'bank-card':
      return value.replace(/(.{4})(?=.)/gu, '$1 ');
    case 'mobile':
      return value.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3');
    default:
      return value;
  }
}
