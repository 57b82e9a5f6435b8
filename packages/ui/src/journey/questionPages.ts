import type { AnswerSource, Question, VisitSnapshot } from '@tongban/core';

/** A field as a screen asks it. */
export interface Asked {
  readonly field: string;
  readonly required: boolean;
}

/** One screen of questions. In large print a question is asked field by field. */
export interface QuestionPage {
  readonly question: Question;
  readonly fields: readonly Asked[];
  /** Place among the questions, from 0. */
  readonly index: number;
}

/** Splits the questions into screens. A choice keeps the fields that belong to it. */
export function questionPages(
  questions: readonly Question[],
  isChoice: (field: string) => boolean,
  elder: boolean,
): readonly QuestionPage[] {
  return questions.flatMap((question, index) => {
    const [first] = question.fields;
    const together = first === undefined || !elder || isChoice(first.field);
    const groups = together ? [question.fields] : question.fields.map((field) => [field]);
    return groups.map((fields) => ({ question, fields, index }));
  });
}

/** The first screen with something left to do; the last one when all is done. */
export function firstOpenPage(pages: readonly QuestionPage[], snapshot: VisitSnapshot): number {
  const open = new Set(
    snapshot.missing.flatMap((each) => (each.kind === 'field' ? [each.field] : [])),
  );
  const at = pages.findIndex((page) => page.fields.some(({ field }) => open.has(field)));
  return at === -1 ? Math.max(0, pages.length - 1) : at;
}

/** Whether a value was filled in for the person and only waits for a look. */
export function isPrefilled(source: AnswerSource | undefined): boolean {
  return source === 'identity' || source === 'material' || source === 'derived';
}

/** Answers that were filled in for the person. */
export function prefilledAnswers(snapshot: VisitSnapshot): number {
  const asked = new Set(
    snapshot.questions.flatMap((question) => question.fields.map((f) => f.field)),
  );
  return Object.entries(snapshot.draft.answers).filter(
    ([field, answer]) => asked.has(field) && answer.value !== '' && isPrefilled(answer.source),
  ).length;
}
