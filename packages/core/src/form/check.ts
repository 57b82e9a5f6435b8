import { chinaDate } from '../case/chinaDate.ts';
import type { DictionaryField } from '../catalogue/schema.ts';
import type { Result } from '../result.ts';
import { isCalendarDate } from './calendarDate.ts';
import type { FieldFault } from './fault.ts';
import { checkName } from './name.ts';
import { normalAnswer } from './normal.ts';
import { parseResidentId } from './residentId.ts';
import { checkUscc } from './uscc.ts';

/** Says why `value` cannot stand for `field`, or nothing. An empty value is a fault only where one is required. */
export function checkAnswer(
  field: DictionaryField,
  value: string,
  required: boolean,
  today: Date,
): FieldFault | undefined {
  const answer = normalAnswer(field, value);
  if (answer === '') return required ? 'required' : undefined;
  // Code points: a name of rare characters is not longer for lying outside the Basic Multilingual Plane.
  if (Array.from(answer).length > field.maxLength) return 'too-long';
  return checkKind(field, answer, today);
}

function checkKind(field: DictionaryField, answer: string, today: Date): FieldFault | undefined {
  switch (field.kind) {
    case 'name':
      return faultOf(checkName(answer));
    case 'resident-id':
      return faultOf(parseResidentId(answer, today));
    case 'uscc':
      return checkUscc(answer);
    case 'date':
      if (!isCalendarDate(answer)) return 'not-a-date';
      return answer > chinaDate(today) ? 'date-in-future' : undefined;
    case 'choice':
      return isChoice(field, answer) ? undefined : 'not-a-choice';
    case 'yes-no':
      return answer === 'yes' || answer === 'no' ? undefined : 'not-a-choice';
    case 'region':
      if (field.choices !== undefined) return isChoice(field, answer) ? undefined : 'not-a-region';
      return /^\d{6}(\d{6})?$/.test(answer) ? undefined : 'not-a-region';
    case 'mobile':
      return /^1[3-9]\d{9}$/.test(answer) ? undefined : 'not-a-mobile';
    case 'bank-card':
      return /^\d{13,19}$/.test(answer) && luhn(answer) ? undefined : 'not-a-bank-card';
    case 'money':
      return /^(0|[1-9]\d{0,11})(\.\d{1,2})?$/.test(answer) ? undefined : 'not-an-amount';
    case 'text':
    case 'address':
      return undefined;
  }
}

function faultOf(result: Result<unknown, FieldFault>): FieldFault | undefined {
  return result.ok ? undefined : result.error;
}

function isChoice(field: DictionaryField, answer: string): boolean {
  return (field.choices ?? []).some(({ value }) => value === answer);
}

/** Check digit of card numbers (ISO/IEC 7812-1, annex B). */
function luhn(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
