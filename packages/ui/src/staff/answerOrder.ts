import type { Catalogue } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';

/** Answers in the order the form asks them; what the catalogue no longer asks comes last. */
export function answersInOrder(
  answers: CaseDetail['answers'],
  items: readonly string[],
  catalogue: Catalogue,
): CaseDetail['answers'] {
  const asked = catalogue.items
    .filter((item) => items.includes(item.id))
    .sort((a, b) => items.indexOf(a.id) - items.indexOf(b.id))
    .flatMap((item) =>
      item.questions.flatMap((question) => question.fields.map((one) => one.field)),
    );
  const place = (field: string) => {
    const at = asked.indexOf(field);
    return at === -1 ? asked.length : at;
  };
  return answers.toSorted((a, b) => place(a.field) - place(b.field));
}
