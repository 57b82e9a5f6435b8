import type { Language } from '@tongban/core';
import i18next from 'i18next';

/** Browsers ship no Uyghur calendar names: its dates are set from patterns in the locale files. */
function known(language: Language): boolean {
  return Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0;
}

const patterns = {
  long: 'common:date.long',
  short: 'common:date.short',
  time: 'common:date.time',
} as const;
type Pattern = keyof typeof patterns;

function fromPattern(pattern: Pattern, date: Date, zone?: 'UTC'): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', {
      ...options,
      hourCycle: 'h23',
      ...(zone && { timeZone: zone }),
    }).format(date);
  return i18next.t(patterns[pattern], {
    year: part({ year: 'numeric' }),
    month: part({ month: 'numeric' }),
    day: part({ day: 'numeric' }),
    time: part({ hour: '2-digit', minute: '2-digit' }),
  });
}

/** Date of an ISO 8601 day (`2026-11-23`, taken as it stands) or instant (in the reader's own time). */
function moment(iso: string | Date): { date: Date; zone?: 'UTC' } {
  if (iso instanceof Date) return { date: iso };
  return iso.length === 10
    ? { date: new Date(`${iso}T00:00:00Z`), zone: 'UTC' }
    : { date: new Date(iso) };
}

function formatted(
  iso: string | Date,
  language: Language,
  options: Intl.DateTimeFormatOptions,
  pattern: Pattern,
): string {
  const { date, zone } = moment(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  if (!known(language)) return fromPattern(pattern, date, zone);
  return new Intl.DateTimeFormat(language, {
    ...options,
    hourCycle: 'h23',
    ...(zone && { timeZone: zone }),
  }).format(date);
}

/** 2026年11月23日. */
export function longDate(iso: string | Date, language: Language): string {
  return formatted(iso, language, { year: 'numeric', month: 'long', day: 'numeric' }, 'long');
}

/** 11月23日. */
export function shortDate(iso: string | Date, language: Language): string {
  return formatted(iso, language, { month: 'long', day: 'numeric' }, 'short');
}

/** 星期一; empty where the browser does not know the language's names. */
export function weekday(date: Date, language: Language): string {
  return known(language) ? new Intl.DateTimeFormat(language, { weekday: 'long' }).format(date) : '';
}

/** 14:41. */
export function timeOfDay(iso: string | Date, language: Language): string {
  return formatted(iso, language, { hour: '2-digit', minute: '2-digit' }, 'time');
}

/** Fen as yuan, without decimals where there are none. */
export function money(fen: number, language: Language): string {
  const whole = fen % 100 === 0;
  return new Intl.NumberFormat(known(language) ? language : 'en', {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: whole ? 0 : 2,
  }).format(fen / 100);
}

/** A small number as a heading says it: 五 in Chinese up to nine, figures elsewhere. */
export function inWords(count: number, language: Language): string {
  return language === 'zh-CN' && count > 0 && count < 10
    ? new Intl.NumberFormat('zh-CN-u-nu-hanidec').format(count)
    : String(count);
}
