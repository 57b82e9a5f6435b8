import { isCalendarDate } from '../../form/calendarDate.ts';
import { parseResidentId, type ResidentId } from '../../form/residentId.ts';
import type { Check } from '../evidence.ts';
import { ethnicityCode } from './ethnicities.ts';
import type { CardLine, CardRead } from './evidence.ts';

/** How sure the recogniser has to be of every character of a number before its check says that it is right. */
export const sure = 0.8;
/** First two digits of GB/T 2260: provinces, municipalities, autonomous and special regions, and 83 for Taiwan's residents. */
const provinces = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/** The number in a line of print: 17 digits and a check character, also a wrong one. */
export function numberIn(text: string): string | undefined {
  const plain = text
    .replaceAll('×', 'X')
    .replace(/[^0-9Xx]/g, '')
    .toUpperCase();
  return /(?<!\d)\d{17}[\dX](?!\d)/.exec(plain)?.[0];
}

/**
 * The fields of a front from its lines, top to bottom, the one of the number left out. The number is right when its
 * check character is and the birth date and the sex that are printed say the same: a check character alone lets one
 * misreading in eleven pass.
 */
export function frontFields(number: CardLine | undefined, lines: readonly CardLine[]): CardRead[] {
  const rows = lines.map(({ text, confidence }) => ({ text: text.replace(/\s/g, ''), confidence }));
  const birthAt = rows.findIndex(({ text }) => dateIn(text) !== undefined);
  const sexAt = rows.findIndex(({ text }, at) => at !== birthAt && sexIn(text) !== undefined);
  const birth = dateIn(rows[birthAt]?.text ?? '');
  const sex = sexIn(rows[sexAt]?.text ?? '');
  const digits = number && numberIn(number.text);
  const parsed = digits === undefined ? undefined : parseResidentId(digits);
  const said = parsed?.ok === true ? parsed.value : undefined;
  const verdict = checked(number, said, birth, sex);
  const agreed: Check = verdict === 'passed' ? 'passed' : 'none';
  const fields: CardRead[] = [];
  const add = (
    name: CardRead['name'],
    value: string | undefined,
    confidence = 0,
    check: Check = 'none',
  ) => {
    if (value !== undefined && value !== '') fields.push({ name, value, confidence, check });
  };
  const name = nameIn(rows, sexAt === -1 ? birthAt : sexAt);
  add('residentId', digits, number?.confidence, verdict);
  add('name', name?.text, name?.confidence);
  add('sex', sex, rows[sexAt]?.confidence, agreed);
  add('birthDate', birth, rows[birthAt]?.confidence, agreed);
  const people = rows.find(({ text }) => ethnicityIn(text) !== undefined);
  add('ethnicity', people && ethnicityIn(people.text), people?.confidence);
  const address = birthAt === -1 ? [] : rows.slice(birthAt + 1);
  add(
    'address',
    address.map(({ text }) => text.replace(/^住?址|^住(?=.{0,1}址)/, '')).join(''),
    Math.min(1, ...address.map(({ confidence }) => confidence)),
  );
  return fields;
}

function checked(
  number: CardLine | undefined,
  said: ResidentId | undefined,
  birth: string | undefined,
  sex: string | undefined,
): Check {
  if (number === undefined || said === undefined) return 'failed';
  if (birth !== undefined && birth !== said.birthDate) return 'failed';
  if (sex !== undefined && sex !== said.sex) return 'failed';
  if (birth === undefined || sex === undefined || number.confidence < sure) return 'none';
  return provinces.test(said.region) ? 'passed' : 'none';
}

function dateIn(text: string): string | undefined {
  const match = /(\d{4})[^\d]{1,2}(\d{1,2})[^\d]{1,2}(\d{1,2})(?:[^\d]|$)/.exec(text);
  if (match === null || !/[年月日出生]/.test(text)) return undefined;
  const date = [match[1], match[2]?.padStart(2, '0'), match[3]?.padStart(2, '0')].join('-');
  return isCalendarDate(date) ? date : undefined;
}

/** GB/T 2261.1. */
function sexIn(text: string): string | undefined {
  const match = /^(?:性别|.?别|性.?)?([男女])(?:$|.?[民族]|(?=(.{1,4})$))/.exec(text);
  // A name may begin with 男 or 女: without a label, an ethnicity has to follow.
  if (match === null || (match[2] !== undefined && ethnicityCode(match[2]) === undefined))
    return undefined;
  return match[1] === '男' ? '1' : '2';
}

function ethnicityIn(text: string): string | undefined {
  const match = /(?:民族|[男女].?族|^民.?|^[男女])(.{1,5})$/.exec(text);
  return match === null ? undefined : ethnicityCode(match[1] ?? '');
}

/** The line with the label; where the label was not made out, the last one before the sex. */
function nameIn(rows: readonly CardLine[], before: number): CardLine | undefined {
  const labelled = rows.find(({ text }) => /^姓.?名|^[姓娃]名/.test(text));
  const row = labelled ?? (before > 0 ? rows[before - 1] : undefined);
  if (row === undefined) return undefined;
  const text = row.text.replace(/^姓.?名|^[姓娃]?名/, '').replace(/[.•・．‧]/g, '·');
  return /^\p{Script=Han}[\p{Script=Han}·]*$/u.test(text) ? { ...row, text } : undefined;
}
