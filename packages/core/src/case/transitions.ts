import type { CaseEvent, CaseState } from './state.ts';

/** In which states an event may happen. Where it leads follows from {@link standingOf}. */
export const allowedIn: Readonly<Record<CaseEvent['kind'], readonly CaseState[]>> = {
  // Only ever the first event; see `receivedCase`.
  received: [],
  'confirmation-needed': ['received', 'waiting'],
  'identity-confirmed': ['awaiting-confirmation'],
  'waiting-for': ['received', 'awaiting-confirmation'],
  released: ['waiting', 'awaiting-confirmation'],
  routed: ['received', 'awaiting-confirmation', 'waiting', 'accepted'],
  accepted: ['received'],
  'supplement-requested': ['received', 'accepted'],
  // While accepted or in a special procedure only what was promised (容缺) may come in. In `returned` only what was
  // handed in in time and came late to the centre: it opens the case again; see `handedInInTime`.
  supplemented: ['supplement-requested', 'accepted', 'special-procedure', 'returned'],
  'special-procedure-began': ['accepted'],
  'special-procedure-ended': ['special-procedure'],
  // Never with a gap: the certificate waits for the promised material.
  granted: ['accepted'],
  denied: ['accepted'],
  // From `waiting` too: when an earlier item of the bundle was refused, this one can never begin.
  refused: ['received', 'awaiting-confirmation', 'waiting'],
  // A supplement overdue, or a promised material overdue.
  returned: ['supplement-requested', 'accepted', 'special-procedure'],
  withdrawn: [
    'received',
    'awaiting-confirmation',
    'waiting',
    'accepted',
    'supplement-requested',
    'special-procedure',
  ],
};

/** What the events so far add up to. */
export interface Standing {
  readonly state: CaseState;
  /** Materials promised and not handed in, with their last day. */
  readonly promised: ReadonlyMap<string, string>;
}

/** Adds up events that were each allowed. A stop is left for where it was made: under review, or before. */
export function standingOf(events: readonly CaseEvent[]): Standing {
  let concluded: CaseState | undefined;
  let accepted = false;
  let supplement = false;
  let special = false;
  let unconfirmed = false;
  let waiting = false;
  const promised = new Map<string, string>();
  for (const event of events) {
    switch (event.kind) {
      case 'received':
      case 'routed':
        break;
      case 'confirmation-needed':
        unconfirmed = true;
        break;
      case 'identity-confirmed':
        unconfirmed = false;
        break;
      case 'waiting-for':
        waiting = true;
        break;
      case 'released':
        waiting = false;
        break;
      case 'accepted':
        accepted = true;
        for (const { material, until } of event.gaps) promised.set(material, until);
        break;
      case 'supplement-requested':
        supplement = true;
        break;
      case 'supplemented':
        supplement = false;
        if (concluded === 'returned') concluded = undefined;
        for (const material of event.materials) promised.delete(material);
        break;
      case 'special-procedure-began':
        special = true;
        break;
      case 'special-procedure-ended':
        special = false;
        break;
      case 'granted':
      case 'denied':
      case 'refused':
      case 'returned':
      case 'withdrawn':
        concluded = event.kind;
    }
  }
  const open = (): CaseState => {
    if (supplement) return 'supplement-requested';
    if (special) return 'special-procedure';
    if (accepted) return 'accepted';
    if (unconfirmed) return 'awaiting-confirmation';
    return waiting ? 'waiting' : 'received';
  };
  return { state: concluded ?? open(), promised };
}
