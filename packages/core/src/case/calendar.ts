import chineseDays from 'chinese-days';
import type { CalendarYear } from '../catalogue/schema.ts';
import { chinaDate } from './chinaDate.ts';

/** Years whose holidays and swapped weekends the library knows; outside it is silent and would be wrong. */
export const knownYears = { first: 2004, last: 2026 } as const;

/** A number of working days, or what weekends alone make of it where a year's holidays are not published. */
export type Counted =
  | { readonly known: true; readonly days: number }
  | { readonly known: false; readonly year: number; readonly provisional: number };

/** A last day (ISO date); a `provisional` one is never a promise and is shown as what it is. */
export type Due =
  | { readonly known: true; readonly date: string }
  | { readonly known: false; readonly year: number; readonly provisional: string };

/**
 * The day that is `days` working days after `from`, whose own day does not count; 0 is that day itself, a negative
 * number counts back. Holidays and swapped weekends by order of the State Council; `calendar` adds years.
 */
export function dueDate(from: Date, days: number, calendar: readonly CalendarYear[] = []): Due {
  const step = days < 0 ? -1 : 1;
  let date = chinaDate(from);
  let unknown: number | undefined;
  for (let left = Math.abs(days); left > 0; ) {
    date = nextDay(date, step);
    const judged = judge(date, calendar);
    unknown ??= judged.unknown;
    if (judged.working) left -= 1;
  }
  return unknown === undefined
    ? { known: true, date }
    : { known: false, year: unknown, provisional: date };
}

/** Working days after the day of `from` up to and including `until` (ISO date); negative when it is past. */
export function workingDays(
  from: Date,
  until: string,
  calendar: readonly CalendarYear[] = [],
): Counted {
  const start = chinaDate(from);
  const [first, last] = start < until ? [start, until] : [until, start];
  let days = 0;
  let unknown: number | undefined;
  for (let date = first; date < last; ) {
    date = nextDay(date, 1);
    const judged = judge(date, calendar);
    unknown ??= judged.unknown;
    if (judged.working) days += 1;
  }
  const signed = start < until || days === 0 ? days : -days;
  return unknown === undefined
    ? { known: true, days: signed }
    : { known: false, year: unknown, provisional: signed };
}

/** Working days left until a last day; `undefined` where they cannot be known yet. */
export function workingDaysUntil(
  until: string,
  from: Date,
  calendar: readonly CalendarYear[] = [],
): number | undefined {
  const counted = workingDays(from, until, calendar);
  return counted.known ? counted.days : undefined;
}

function judge(
  date: string,
  calendar: readonly CalendarYear[],
): { readonly working: boolean; readonly unknown?: number } {
  const year = Number(date.slice(0, 4));
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const weekend = weekday === 0 || weekday === 6;
  const added = calendar.find((candidate) => candidate.year === year);
  if (added !== undefined)
    return { working: added.worked.includes(date) || (!weekend && !added.off.includes(date)) };
  if (year < knownYears.first || year > knownYears.last)
    return { working: !weekend, unknown: year };
  // At noon: the library reads a bare date as UTC and then looks at the local day, a day early west of Greenwich.
  return { working: chineseDays.isWorkday(`${date}T12:00:00`) };
}

function nextDay(date: string, step: number): string {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + step);
  return next.toISOString().slice(0, 10);
}
