import type { CalendarYear, ServiceItem } from '../catalogue/schema.ts';
import { err, ok, type Result } from '../result.ts';
import { dueOf } from './clock.ts';
import { lastDayFor } from './inTime.ts';
import type { CaseEvent, PublicStatus } from './state.ts';
import { allowedIn, standingOf } from './transitions.ts';

/** The status of a case that has just come in. */
export function receivedCase(
  about: Pick<
    PublicStatus,
    'caseNumber' | 'receiptNumber' | 'item' | 'bundle' | 'department' | 'rule'
  >,
  at: string,
): PublicStatus {
  return {
    ...about,
    state: 'received',
    gap: false,
    events: [{ kind: 'received', at }],
    updatedAt: at,
  };
}

/**
 * Lets something happen to a case: the only way its state changes. State, gap and promised end follow from the
 * events alone, so that a status can always be checked against them. `calendar` is the catalogue's.
 */
export function applyEvent(
  status: PublicStatus,
  event: CaseEvent,
  item: Pick<ServiceItem, 'time'>,
  calendar: readonly CalendarYear[] = [],
): Result<PublicStatus, 'not-allowed'> {
  if (!isAllowed(status, event)) return err('not-allowed');
  const { due: _, dueUnknown: __, ...rest } = status;
  const events = [...status.events, event];
  const { state, promised } = standingOf(events);
  const due = dueOf(events, item.time.promised, calendar);
  return ok({
    ...rest,
    ...(event.kind === 'routed' ? { department: event.department, rule: event.rule } : {}),
    state,
    gap: promised.size > 0,
    events,
    ...(due === undefined ? {} : due.known ? { due: due.date } : { dueUnknown: due.year }),
    updatedAt: event.at,
  });
}

function isAllowed(status: PublicStatus, event: CaseEvent): boolean {
  const { state, promised } = standingOf(status.events);
  if (!allowedIn[event.kind].includes(state)) return false;
  if (event.kind === 'granted') return promised.size === 0;
  if (event.kind === 'returned' && state !== 'supplement-requested') return promised.size > 0;
  if (event.kind === 'supplemented' && state === 'returned')
    return lastDayFor(status.events, event.materials) !== undefined;
  if (event.kind === 'supplemented' && state !== 'supplement-requested')
    return event.materials.some((material) => promised.has(material));
  if (event.kind === 'released') return isWaiting(status.events);
  return true;
}

function isWaiting(events: readonly CaseEvent[]): boolean {
  const last = events.findLast(({ kind }) => kind === 'waiting-for' || kind === 'released');
  return last?.kind === 'waiting-for';
}
