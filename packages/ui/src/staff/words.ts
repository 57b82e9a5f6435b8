import { type CaseState, concludedStates, type Language } from '@tongban/core';
import type { CaseRow } from '@tongban/sync/protocol';
import type { TFunction } from 'i18next';
import { shortDate, timeOfDay } from '../language/format.ts';

export type StaffText = TFunction<'staff'>;

/** The time today, else the day and the time. */
export function momentOf(iso: string, now: Date, language: Language): string {
  const time = timeOfDay(iso, language);
  const sameDay = new Date(iso).toDateString() === now.toDateString();
  return sameDay ? time : `${shortDate(iso, language)} ${time}`;
}

export const isConcluded = (state: CaseState): boolean => concludedStates.includes(state);

/** The clock stands while the applicant or a special procedure has the case. */
export const clockStands = (state: CaseState): boolean =>
  state === 'supplement-requested' || state === 'special-procedure';

export interface DueWords {
  readonly text: string;
  /** `urgent` is the one use of red in a list: the time runs out today or has run out. */
  readonly tone: 'urgent' | 'plain' | 'quiet';
}

/** What a list says about a case's time. */
export function dueWords(row: CaseRow, t: StaffText): DueWords {
  if (isConcluded(row.state)) return { text: t(`state.${row.state}`), tone: 'quiet' };
  if (clockStands(row.state)) return { text: t(`stands.${row.state}`), tone: 'quiet' };
  if (row.daysLeft === undefined) return { text: t(`state.${row.state}`), tone: 'plain' };
  if (row.daysLeft < 0) return { text: t('due.over', { count: -row.daysLeft }), tone: 'urgent' };
  if (row.daysLeft === 0) return { text: t('due.today'), tone: 'urgent' };
  return { text: t('due.left', { count: row.daysLeft }), tone: 'plain' };
}

/** What is most pressing comes first; what stands comes after it, what is concluded last. */
export function byUrgency(a: CaseRow, b: CaseRow): number {
  return rank(a) - rank(b) || a.receivedAt.localeCompare(b.receivedAt);
}

function rank(row: CaseRow): number {
  if (isConcluded(row.state)) return 3000;
  if (clockStands(row.state)) return 2000;
  return row.daysLeft ?? 1000;
}
