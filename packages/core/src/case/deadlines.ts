import type { CalendarYear, Material } from '../catalogue/schema.ts';
import { type Due, dueDate } from './calendar.ts';

/**
 * Working days to answer a supplement notice, as local rules commonly publish them; from memory, so it stands in one
 * place.
 */
const answerSupplement = 10;

/** Last day on which a promised material (容缺) may come, from the day of acceptance. */
export function gapDeadline(
  material: Pick<Material, 'gapDays'>,
  acceptedAt: Date,
  calendar: readonly CalendarYear[] = [],
): Due {
  if (material.gapDays === undefined) throw new Error('This material cannot be promised');
  return dueDate(acceptedAt, material.gapDays, calendar);
}

/** Last day to answer a supplement notice (补正). */
export function supplementDeadline(requestedAt: Date, calendar: readonly CalendarYear[] = []): Due {
  return dueDate(requestedAt, answerSupplement, calendar);
}
