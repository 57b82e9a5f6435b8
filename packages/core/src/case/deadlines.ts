import type { CalendarYear, Material } from '../catalogue/schema.ts';
import { type Due, dueDate } from './calendar.ts';

/**
 * Working days that the Administrative Licensing Law and local rules leave, in the values commonly published;
 * from memory, so they stand in one place.
 */
export const deadlines = {
  /** To tell, once, everything that is missing. */
  tellSupplement: 5,
  /** To answer a supplement notice. */
  answerSupplement: 10,
} as const;

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
  return dueDate(requestedAt, deadlines.answerSupplement, calendar);
}
