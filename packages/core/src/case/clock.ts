import type { CalendarYear } from '../catalogue/schema.ts';
import { type Due, dueDate, workingDays } from './calendar.ts';
import { chinaDate } from './chinaDate.ts';
import type { CaseEvent } from './state.ts';
import { standingOf } from './transitions.ts';

/**
 * Promised end of a case: `promised` working days from acceptance, whose own day does not count. The clock runs
 * exactly while the case is `accepted`; a supplement or a special procedure stops it, and afterwards the rest is
 * counted from that day. `undefined` while it stands.
 */
export function dueOf(
  events: readonly CaseEvent[],
  promised: number,
  calendar: readonly CalendarYear[] = [],
): Due | undefined {
  let since: Date | undefined;
  let left = promised;
  let unknown: number | undefined;
  for (const [index, event] of events.entries()) {
    const running = standingOf(events.slice(0, index + 1)).state === 'accepted';
    const at = new Date(event.at);
    if (running) since ??= at;
    else if (since !== undefined) {
      const used = workingDays(since, chinaDate(at), calendar);
      left -= used.known ? used.days : used.provisional;
      if (!used.known) unknown ??= used.year;
      since = undefined;
    }
  }
  if (since === undefined) return undefined;
  const due = dueDate(since, left, calendar);
  if (unknown === undefined || !due.known) return due;
  return { known: false, year: unknown, provisional: due.date };
}
