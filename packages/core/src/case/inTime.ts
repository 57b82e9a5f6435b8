import { chinaDate } from './chinaDate.ts';
import type { CaseEvent } from './state.ts';
import { standingOf } from './transitions.ts';

/**
 * Last day (ISO date in China) on which these materials could be handed in for a case, the return that ended it left
 * aside: that of the unanswered notice, or the latest promised (容缺) for one of them. `undefined` when nothing was asked.
 */
export function lastDayFor(
  events: readonly CaseEvent[],
  materials: readonly string[],
): string | undefined {
  const before = events.at(-1)?.kind === 'returned' ? events.slice(0, -1) : events;
  const { state, promised } = standingOf(before);
  const asked = before.findLast((event) => event.kind === 'supplement-requested');
  if (state === 'supplement-requested') return asked?.until;
  return materials
    .flatMap((material) => promised.get(material) ?? [])
    .sort()
    .at(-1);
}

/** Whether what was handed in at `instant` was in time for what the case waits for, or waited for when it was returned. */
export function handedInInTime(
  events: readonly CaseEvent[],
  materials: readonly string[],
  instant: Date,
): boolean {
  const last = lastDayFor(events, materials);
  return last !== undefined && chinaDate(instant) <= last;
}
