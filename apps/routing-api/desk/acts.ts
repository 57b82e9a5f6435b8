import type { CaseDetail } from '@tongban/sync/protocol';
import type { Action } from '@tongban/ui/staff';

/** Why an act of the bar cannot be chosen; each has a sentence under `staff:why`. */
export type Closed =
  | 'accept-first'
  | 'gap-open'
  | 'awaiting-supplement'
  | 'awaiting-confirmation'
  | 'awaiting-item'
  | 'correction-open'
  | 'end-special-first'
  | 'not-yours';

export interface BarAct {
  readonly key: 'A' | 'B' | 'S' | 'R';
  readonly action: Action;
  readonly closed?: Closed;
}

/** The four acts of a desk, always in the same places. One that is not possible says why. */
export function barActs(detail: CaseDetail): readonly BarAct[] {
  const { state } = detail.row;
  const accepted = state === 'accepted' || state === 'special-procedure';
  const acts: readonly Omit<BarAct, 'closed'>[] = [
    { key: 'A', action: accepted || !detail.actions.includes('accept') ? 'grant' : 'accept' },
    { key: 'B', action: 'request-supplement' },
    {
      key: 'S',
      action: state === 'special-procedure' ? 'end-special-procedure' : 'begin-special-procedure',
    },
    { key: 'R', action: accepted || !detail.actions.includes('refuse') ? 'deny' : 'refuse' },
  ];
  return acts.map((act) => {
    const closed = closedBy(act.action, detail);
    return closed === undefined ? act : { ...act, closed };
  });
}

function closedBy(action: Action, detail: CaseDetail): Closed | undefined {
  const { state, gap, correction } = detail.row;
  // A promise still open stops the certificate, not the review.
  if (action === 'grant' && gap && state === 'accepted') return 'gap-open';
  if (detail.actions.includes(action)) return undefined;
  switch (state) {
    case 'received':
      return correction === undefined ? 'accept-first' : 'correction-open';
    case 'supplement-requested':
      return 'awaiting-supplement';
    case 'awaiting-confirmation':
      return 'awaiting-confirmation';
    case 'waiting':
      return 'awaiting-item';
    case 'special-procedure':
      return 'end-special-first';
    default:
      return 'not-yours';
  }
}
