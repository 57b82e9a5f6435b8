import { answerText, type DictionaryField, type Language, maskedValue } from '@tongban/core';
import type { TFunction } from 'i18next';
import { longDate } from '../language/format.ts';

/** An answer as a person reads it: a choice by its name, a date in their language, long numbers in groups. */
export function answerInWords(
  field: DictionaryField,
  value: string,
  language: Language,
  t: TFunction,
): string {
  if (value === '') return '';
  switch (field.kind) {
    case 'date':
      return longDate(value, language);
    case 'yes-no':
      return t(value === 'yes' ? 'common:yes' : 'common:no');
    case 'bank-card':
      return value.replace(/(.{4})(?=.)/gu, '$1 ');
    case 'mobile':
      return value.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3');
    default:
      return answerText(field, value, language);
  }
}

/** Numbers that nobody else in a hall need read over a shoulder. */
const covered: readonly DictionaryField['kind'][] = ['resident-id', 'mobile', 'bank-card'];

/** An answer where others may look on: long numbers covered but for what tells them apart. */
export function answerInPublic(
  field: DictionaryField,
  value: string,
  language: Language,
  t: TFunction,
): string {
  return covered.includes(field.kind)
    ? maskedValue({ ...field, grade: 4 }, value)
    : answerInWords(field, value, language, t);
}
