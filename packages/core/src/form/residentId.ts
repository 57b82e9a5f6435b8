import { chinaDate } from '../case/chinaDate.ts';
import { err, ok, type Result } from '../result.ts';
import { isCalendarDate } from './calendarDate.ts';
import type { FieldFault } from './fault.ts';

/** What a resident ID number says about its bearer (GB 11643). */
export interface ResidentId {
  /** 18 characters, the last a digit or `X`. */
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  /** GB/T 2261.1: 1 male, 2 female. */
  readonly sex: '1' | '2';
  /** GB/T 2260, six digits: where the number was first given out, not where the person lives. */
  readonly region: string;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';

/**
 * Reads a resident ID number (GB 11643): 18 characters, a birth date that exists, the right check character
 * (ISO 7064 MOD 11-2). With `today`, a birth date after it is refused. A right number proves nothing about
 * who typed it.
 */
export function parseResidentId(text: string, today?: Date): Result<ResidentId, FieldFault> {
  const number = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!/^[0-9X]*$/.test(number) || /X./.test(number)) return err('id-characters');
  if (number.length !== 18) return err('id-length');
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const future = today !== undefined && birthDate > chinaDate(today);
  if (!isCalendarDate(birthDate) || future) return err('id-birth-date');
  const sum = weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  if (checkCharacters[sum % 11] !== number[17]) return err('id-check-digit');
  const sex = Number(number[16]) % 2 === 1 ? '1' : '2';
  return ok({ number, birthDate, sex, region: number.slice(0, 6) });
}
