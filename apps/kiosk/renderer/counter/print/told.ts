import type { CaseEvent, CaseState } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';

/** What a notice says beside the state itself. */
export interface Told {
  readonly reasons: readonly string[];
  /** Materials to bring. */
  readonly materials: readonly string[];
  /** ISO date of the last day to bring them. */
  readonly until?: string;
  /** The department's own words. */
  readonly words?: string;
}

/** The event that a notice of a state is about; the notice of another state tells where the case stands. */
const about: Partial<Record<CaseState, CaseEvent['kind']>> = {
  accepted: 'accepted',
  'supplement-requested': 'supplement-requested',
  'special-procedure': 'special-procedure-began',
  granted: 'granted',
  denied: 'denied',
  refused: 'refused',
  returned: 'returned',
};

/**
 * What a case's notice tells: only what was decided with the state it is in. A supplement that was answered asks for
 * nothing any more, and an acceptance that printed its last day would send people for papers already handed in.
 */
export function toldBy({
  row,
  events,
  notes,
}: Pick<CaseDetail, 'events' | 'notes'> & { readonly row: { readonly state: CaseState } }): Told {
  const kind = about[row.state];
  const at = events.findLastIndex((each) => kind === undefined || each.kind === kind);
  const event = events[at];
  if (event === undefined) return { reasons: [], materials: [] };
  const next = events[at + 1]?.at;
  // Words are written in the act that makes the event, or while it was the last that happened.
  const words = notes.findLast(
    (note) => note.at >= event.at && (next === undefined || note.at < next),
  )?.text;
  return {
    reasons: 'reasons' in event ? event.reasons : [],
    ...(event.kind === 'supplement-requested'
      ? { materials: event.materials, until: event.until }
      : { materials: [] }),
    ...(words === undefined ? {} : { words }),
  };
}
