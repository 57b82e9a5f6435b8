import type { CaseDetail } from '@tongban/sync/protocol';
import { type Action, clockStands, isConcluded } from '@tongban/ui/staff';
import type { Merged } from './merged.ts';

/** A decision of the counter, as a card with its key. */
export type Choice =
  | 'take-supplement'
  | 'resolve-correction'
  | 'confirm-identity'
  | 'accept'
  | 'accept-with-gap'
  | 'request-supplement'
  | 'refuse';

export const choiceKeys: Readonly<Record<Choice, string>> = {
  'take-supplement': 'F3',
  'resolve-correction': 'F4',
  'confirm-identity': 'F6',
  accept: 'F8',
  'accept-with-gap': 'F9',
  'request-supplement': 'F10',
  refuse: 'F7',
};

/** Why a choice is not possible; each has a sentence under `staff:closed`. */
export type ChoiceClosed =
  | 'gap'
  | 'no-gap'
  | 'confirm-first'
  | 'correct-first'
  | 'accepted-already'
  | 'with-applicant'
  | 'concluded'
  | 'not-now';

export interface ChoiceCard {
  readonly choice: Choice;
  readonly closed?: ChoiceClosed;
}

/** Materials that are not here: promised, or missing altogether. Of what is concluded nothing is asked any more. */
export function lacking(cases: readonly CaseDetail[]): readonly string[] {
  const open = cases.filter((one) => !isConcluded(one.row.state));
  const materials = open.flatMap((one) => one.materials);
  const gone = materials.filter((one) => one.state === 'missing' || one.state === 'promised');
  return [...new Set(gone.map((one) => one.material))];
}

const acceptable = ({ actions }: CaseDetail): boolean =>
  actions.includes('accept') || actions.includes('accept-with-gap');

/** The cards in their fixed order. The first ones stand there only when there is something to take, confirm or correct. */
export function choiceCards(merged: Merged): readonly ChoiceCard[] {
  const { cases } = merged;
  const corrections = cases.some((one) => one.row.correction !== undefined);
  const late = cases.some(({ actions }) => actions.includes('take-supplement'));
  const declared = cases.some((one) => one.row.state === 'awaiting-confirmation');
  const choices: readonly Choice[] = [
    ...(late ? (['take-supplement'] as const) : []),
    ...(corrections ? (['resolve-correction'] as const) : []),
    ...(declared ? (['confirm-identity'] as const) : []),
    'accept',
    'accept-with-gap',
    'request-supplement',
    'refuse',
  ];
  return choices.map((choice) => {
    const closed = closedBy(choice, merged);
    return closed === undefined ? { choice } : { choice, closed };
  });
}

function closedBy(choice: Choice, merged: Merged): ChoiceClosed | undefined {
  const { cases } = merged;
  const waiting = cases.filter(acceptable);
  if (waiting.length > 0) {
    const gaps = lacking(waiting).length > 0;
    if (choice === 'accept' && gaps) return 'gap';
    if (choice === 'accept-with-gap' && !gaps) return 'no-gap';
  }
  if (partsOf(choice, merged).length > 0) return undefined;
  if (cases.every((one) => isConcluded(one.row.state))) return 'concluded';
  if (cases.some((one) => one.row.correction !== undefined)) return 'correct-first';
  if (cases.some((one) => one.row.state === 'awaiting-confirmation')) return 'confirm-first';
  if (cases.some((one) => clockStands(one.row.state))) return 'with-applicant';
  if (cases.some((one) => one.row.state === 'accepted')) return 'accepted-already';
  return 'not-now';
}

/** One case's part in a decision over the whole submission. */
export interface Part {
  readonly detail: CaseDetail;
  readonly action: Action;
  /** Materials of the decision that this case is about. */
  readonly materials: readonly string[];
}

/**
 * Which cases a choice acts on and how. Accepting with a gap accepts whole what lacks nothing; a supplement goes to
 * the cases that the chosen materials belong to, or to all when only words are sent.
 */
export function partsOf(
  choice: Choice,
  merged: Merged,
  materials: readonly string[] = lacking(merged.cases),
): readonly Part[] {
  const parts = merged.cases.flatMap((detail): Part[] => {
    const own = materials.filter((one) => detail.materials.some((has) => has.material === one));
    const may = (action: Action) => detail.actions.includes(action);
    switch (choice) {
      case 'accept-with-gap':
        if (own.length > 0 && may('accept-with-gap')) {
          return [{ detail, action: 'accept-with-gap', materials: own }];
        }
        return may('accept') ? [{ detail, action: 'accept', materials: [] }] : [];
      case 'request-supplement':
        if (materials.length > 0 && own.length === 0) return [];
        return may(choice) ? [{ detail, action: choice, materials: own }] : [];
      case 'accept':
      case 'refuse':
      case 'confirm-identity':
      case 'resolve-correction':
      case 'take-supplement':
        return may(choice) ? [{ detail, action: choice, materials: [] }] : [];
      default:
        return choice satisfies never;
    }
  });
  // One person stands here: confirmed for one case, the centre holds it confirmed for all of the submission.
  return choice === 'confirm-identity' ? parts.slice(0, 1) : parts;
}
