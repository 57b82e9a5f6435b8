import { type Catalogue, checkAnswer, holds, type ServiceItem, type Values } from '@tongban/core';
import type { Fault } from './fault.ts';

/** Checks the answers that an item asks for, by the dictionary of the catalogue it was sealed under. */
export function examineAnswers(
  item: ServiceItem,
  catalogue: Catalogue,
  values: Values,
  sealedAt: Date,
): Fault[] {
  const dictionary = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  const faults = new Map<string, Fault>();
  for (const question of item.questions) {
    if (!holds(question.when, values)) continue;
    for (const { field: id, required, when } of question.fields) {
      const field = dictionary.get(id);
      if (field === undefined || !holds(when, values)) continue;
      const fault = checkAnswer(field, values[id] ?? '', required, sealedAt);
      if (fault === undefined) continue;
      faults.set(id, {
        fault: fault === 'required' ? 'answer-missing' : 'answer-wrong',
        about: id,
      });
    }
  }
  return [...faults.values()];
}
