import { isCalendarDate } from '../../form/calendarDate.ts';
import type { CardLine, CardRead } from './evidence.ts';

const period =
  /(\d{4})\D{0,2}(\d{2})\D{0,2}(\d{2})\D{1,3}?(?:(\d{4})\D{0,2}(\d{2})\D{0,2}(\d{2})|长期|(?<=\D)长)/;

/** Whether a line is the one of a back's period, which also tells that it stands upright. */
export function isPeriod(text: string): boolean {
  return period.test(text.replace(/\s/g, ''));
}

/** The fields of a back from its lines. Nothing printed there checks another, so a person confirms each. */
export function backFields(lines: readonly CardLine[]): CardRead[] {
  const fields: CardRead[] = [];
  for (const { text, confidence } of lines) {
    const plain = text.replace(/\s/g, '');
    const add = (name: CardRead['name'], value: string | undefined) => {
      if (value && !fields.some((field) => field.name === name))
        fields.push({ name, value, confidence, check: 'none' });
    };
    add('issuedBy', /(?:机关|^签发.{0,2})(\p{Script=Han}{3,})$/u.exec(plain)?.[1]);
    const match = period.exec(plain);
    if (match === null) continue;
    add('validFrom', date(match.slice(1, 4)));
    add('validUntil', match[4] === undefined ? '长期' : date(match.slice(4, 7)));
  }
  return fields;
}

function date(parts: readonly (string | undefined)[]): string | undefined {
  const text = parts.join('-');
  return isCalendarDate(text) ? text : undefined;
}
