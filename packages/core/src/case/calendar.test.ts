import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { dueDate, knownYears, workingDays, workingDaysUntil } from './calendar.ts';
import { chinaDate } from './chinaDate.ts';

const day = (date: string) => new Date(`${date}T10:00:00+08:00`);
const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe('the date in China', () => {
  it('changes at 16:00 UTC, whatever the machine’s zone', () => {
    for (const name of ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'UTC']) {
      process.env.TZ = name;
      expect(chinaDate(new Date('2026-11-23T15:59:59.999Z'))).toBe('2026-11-23');
      expect(chinaDate(new Date('2026-11-23T16:00:00.000Z'))).toBe('2026-11-24');
    }
  });
});

describe('working days', () => {
  it.each([
    // Over a weekend.
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-11-20', 1, '2026-11-23'],
    // The day itself.
    ['2026-11-22', 0, '2026-11-22'],
    // National day 2026: off from 1 to 7 October; 20 September and 10 October are worked.
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-18', 1, '2026-09-20'],
    ['2026-10-09', 1, '2026-10-10'],
    // Backwards.
    ['2026-11-30', -5, '2026-11-23'],
  ])('%s and %i of them: %s', (from, days, date) => {
    for (const name of ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati']) {
      process.env.TZ = name;
      expect(dueDate(day(from), days)).toEqual({ known: true, date });
    }
  });

  it('count what dueDate adds', () => {
    const start = fc.date({ min: day('2004-01-05'), max: day('2026-10-01'), noInvalidDate: true });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 40 }), (from, days) => {
        const due = dueDate(from, days);
        const until = due.known ? due.date : '';
        expect(workingDays(from, until)).toEqual({ known: true, days });
        expect(workingDaysUntil(until, from)).toBe(days);
        expect(dueDate(new Date(`${until}T12:00:00+08:00`), 0)).toEqual(due);
      }),
      { numRuns: 60 },
    );
  });

  it('are negative once a last day is past', () => {
    expect(workingDaysUntil('2026-11-20', day('2026-11-24'))).toBe(-2);
    expect(workingDaysUntil('2026-11-23', day('2026-11-23'))).toBe(0);
  });

  it('are never guessed for a year whose holidays are not published', () => {
    expect(dueDate(day('2026-12-31'), 1)).toEqual({
      known: false,
      year: 2027,
      provisional: '2027-01-01',
    });
    expect(workingDays(day('2026-12-31'), '2027-01-05')).toMatchObject({
      known: false,
      year: 2027,
    });
    expect(workingDaysUntil('2027-01-05', day('2026-12-31'))).toBeUndefined();
    expect(dueDate(day('2003-12-29'), 1)).toMatchObject({ known: false, year: 2003 });
  });

  it('follow a year that the catalogue adds', () => {
    const calendar = [{ year: 2027, off: ['2027-01-01'], worked: ['2027-01-03'] }];
    expect(dueDate(day('2026-12-31'), 1, calendar)).toEqual({ known: true, date: '2027-01-03' });
    expect(dueDate(day('2026-12-31'), 2, calendar)).toEqual({ known: true, date: '2027-01-04' });
  });

  it('cover just the years that the library knows', () => {
    const holidays = (year: number) =>
      chineseDays.getHolidaysInRange(`${year}-01-01T12:00`, `${year}-12-31T12:00`, false).length;
    expect(holidays(knownYears.first)).toBeGreaterThan(0);
    expect(holidays(knownYears.last)).toBeGreaterThan(0);
    expect(holidays(knownYears.last + 1)).toBe(0);
    expect(holidays(knownYears.first - 1)).toBe(0);
  });
});
