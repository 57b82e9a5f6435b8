import type { CaseState } from '@tongban/core';
import type { ActionRequest, Who } from '@tongban/sync/protocol';

export type Action = ActionRequest['action'];

/** What decides which actions are open. */
export interface Circumstances {
  readonly state: CaseState;
  readonly role: Who['role'];
  /** Faults that a counter has to settle first. */
  readonly corrections: number;
  /** A supplement came after the case was returned, and waits for a counter to say whether it was in time. */
  readonly lateSupplement: boolean;
  /** Promised materials not handed in yet, of an accepted case. */
  readonly openGaps: number;
  /** Secondary materials that may still be promised. */
  readonly promisable: number;
  /** Materials promised by the applicant and not handed in. */
  readonly promised: number;
}

const all: readonly Action[] = [
  'accept',
  'accept-with-gap',
  'request-supplement',
  'refuse',
  'confirm-identity',
  'grant',
  'deny',
  'begin-special-procedure',
  'end-special-procedure',
  'resolve-correction',
  'take-supplement',
];

/** What a role may do with a case as it stands. The one list that the page shows and the centre checks. */
export function openActions(circumstances: Circumstances): Action[] {
  return all.filter((action) => isOpen(action, circumstances));
}

function isOpen(
  action: Action,
  { state, role, corrections, lateSupplement, openGaps, promisable, promised }: Circumstances,
): boolean {
  const counter = role === 'counter';
  const staff = counter || role === 'desk';
  const desk = role === 'desk';
  if (action === 'resolve-correction') return counter && corrections > 0;
  if (action === 'take-supplement') return counter && state === 'returned' && lateSupplement;
  // A fault of the submission is settled before anything is decided on it.
  if (corrections > 0) return false;
  switch (action) {
    case 'accept':
      // A counter says with `accept-with-gap` what is still to come; for a desk the applicant's signed promise stands.
      return state === 'received' && (desk || (counter && promised === 0));
    case 'accept-with-gap':
      return staff && state === 'received' && promisable > 0;
    case 'request-supplement':
      return staff && (state === 'received' || (desk && state === 'accepted'));
    case 'refuse':
      // From `waiting` too: when an earlier item was not granted, this one can never begin.
      return (
        (staff && state === 'received') ||
        (counter && (state === 'awaiting-confirmation' || state === 'waiting'))
      );
    case 'confirm-identity':
      return counter && state === 'awaiting-confirmation';
    case 'grant':
      return desk && state === 'accepted' && openGaps === 0;
    case 'deny':
    case 'begin-special-procedure':
      return desk && state === 'accepted';
    case 'end-special-procedure':
      return desk && state === 'special-procedure';
  }
}
