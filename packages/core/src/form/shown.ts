import type { DictionaryField } from '../catalogue/schema.ts';
import { type Language, localText } from '../text/language.ts';

/** An answer in words where it is a code: the label of a choice; anything else as it is. */
export function answerText(field: DictionaryField, value: string, language: Language): string {
  const choice = field.choices?.find((candidate) => candidate.value === value);
  return choice === undefined ? value : localText(choice.label, language);
}
