import type { DictionaryField } from '../catalogue/schema.ts';

/**
 * The one form in which an answer is kept and compared: without what people type by habit (spaces in numbers,
 * full-width digits, lower case in codes). Characters of names and addresses are never exchanged for others,
 * since compatibility forms are characters of their own there.
 */
export function normalAnswer(field: Pick<DictionaryField, 'kind'>, value: string): string {
  const text = value.replace(/\p{Cc}+/gu, ' ').trim();
  switch (field.kind) {
    case 'resident-id':
    case 'uscc':
      return settled(settled(text).replace(/[\s-]/g, '').toUpperCase());
    case 'mobile':
      return settled(settled(text).replace(/[\s()-]/g, '')).replace(/^(\+|00)?86(?=1\d{10}$)/, '');
    case 'bank-card':
    case 'region':
      return settled(settled(text).replace(/[\s-]/g, ''));
    case 'money':
      return settled(settled(text).replace(/[\s,¥元]/g, ''));
    case 'date':
      return normalDate(settled(text));
    case 'name':
      // The dot between parts of a name is U+00B7 (GB/T 15834); keyboards offer many that look like it.
      return text.replace(/\s+/g, ' ').replace(/\s*[·•‧∙⋅・･．]\s*/g, '·');
    case 'text':
    case 'address':
    case 'choice':
    case 'yes-no':
      return text.replace(/\s+/g, ' ');
  }
}

/**
 * Full-width and other forms as plain ones. Some of them begin with a space, and what follows a space that is taken out
 * can join what stood before it: so it is done on both sides of taking out.
 */
function settled(text: string): string {
  return text.normalize('NFKC').trim();
}

/** 20261109, 2026.11.9, 2026/11/9 and 2026年11月9日 mean 2026-11-09; anything else is left as it is. */
function normalDate(text: string): string {
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/.exec(text);
  if (match === null) return text;
  const [, year = '', month = '', day = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
