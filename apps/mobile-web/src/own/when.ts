import type { Language } from '@tongban/core';
import { shortDate, timeOfDay } from '@tongban/ui';
import type { TFunction } from 'i18next';

/** Calendar days between two moments, by the reader's own clock. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

/** 今天, 昨天, then the date: what people call a day lately gone. */
export function dayWord(iso: string, now: Date, language: Language, t: TFunction): string {
  const days = daysBetween(new Date(iso), now);
  if (days === 0) return t('phone:when.today');
  if (days === 1) return t('phone:when.yesterday');
  return shortDate(iso, language);
}

/** 9:30 today, else 昨天 9:30. */
export function momentWord(iso: string, now: Date, language: Language, t: TFunction): string {
  const time = timeOfDay(iso, language);
  return daysBetween(new Date(iso), now) === 0 ? time : `${dayWord(iso, now, language, t)} ${time}`;
}
