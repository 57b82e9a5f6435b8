import { parse } from 'mrz';
import type { EvidenceOf, FieldRead } from '../evidence.ts';
import type { Point } from '../frame.ts';
import { checkDigitOf } from './checkDigit.ts';
import { birthOf, expiryOf } from './dates.ts';
import type { Layout, Part, Place, ZoneKind } from './layout.ts';
import type { Solution } from './solve.ts';

export type ZoneField =
  | 'documentCode'
  | 'issuingState'
  | 'surname'
  | 'givenNames'
  | 'name'
  | 'documentNumber'
  | 'nationality'
  | 'birthDate'
  | 'sex'
  | 'validUntil'
  | 'optionalData';

/**
 * What a machine-readable zone says. `sex` is a code of GB/T 2261.1, dates are ISO 8601. `lines` is the zone as it was
 * read, filler and all.
 */
export type ZoneEvidence = EvidenceOf<'zone', ZoneKind, ZoneField> & {
  readonly lines: readonly string[];
};

/**
 * How much likelier a reading must be than the likeliest other that satisfies the check digits as well, as a natural
 * logarithm: differences that are multiples of 10 (6 and G, 0 and A, 1 and B and L) escape every check digit.
 */
const clear = 5;
/** Where no check digit over the whole zone repeats what those of the fields say. */
const clearAlone = 7;

/** What a solved zone says, and which of it the check digits bear out. */
export function evidenceOf(
  layout: Layout,
  solution: Solution,
  points: readonly Point[],
  now: Date,
): ZoneEvidence {
  const { lines, confidence, margin } = solution;
  const text = ({ line, start, end }: Place) => (lines[line] ?? '').slice(start, end);
  const bornOut = solution.fits && checksFit(layout, lines);
  const passed = (part: Part) =>
    bornOut &&
    (part !== 'documentNumber' ||
      layout.parts.goesOn === undefined ||
      longNumberFits(layout, lines)) &&
    (layout.composite || layout.checked.includes(part)) &&
    margin(part) >= (layout.composite ? clear : clearAlone);
  const fields: FieldRead<ZoneField>[] = [];
  const put = (
    name: ZoneField,
    value: string | undefined,
    place: Place,
    check: FieldRead['check'],
  ) => {
    if (value !== undefined && value !== '')
      fields.push({ name, value, confidence: confidence(place), check });
  };
  const part = (name: ZoneField, key: Part, shown: (text: string) => string | undefined) => {
    const place = layout.parts[key];
    if (place === undefined) return;
    const failed = layout.checked.includes(key) && !ownCheckFits(lines, place);
    put(name, shown(text(place)), place, passed(key) ? 'passed' : failed ? 'failed' : 'none');
  };

  const code = { line: 0, start: 0, end: 2 };
  put('documentCode', trimmed(text(code)), code, 'none');
  put('issuingState', trimmed(text(layout.issuingState)), layout.issuingState, 'none');
  const [surname, givenNames] = namesOf(text(layout.names));
  put('surname', surname, layout.names, 'none');
  put('givenNames', givenNames, layout.names, 'none');
  put('name', [surname, givenNames].filter((one) => one !== '').join(' '), layout.names, 'none');
  if (layout.parts.goesOn === undefined) part('documentNumber', 'documentNumber', trimmed);
  else {
    // Half of it is optional data: both must be borne out, and the digit in it must fit.
    const fits = passed('documentNumber') && passed('optionalData');
    const place = { line: 0, start: 5, end: 30 };
    const { number, digit } = longNumberIn(layout, lines);
    const failed = digit !== checkDigitOf(number);
    put('documentNumber', number, place, fits ? 'passed' : failed ? 'failed' : 'none');
  }
  put('nationality', trimmed(text(layout.nationality)), layout.nationality, 'none');
  const birth = birthOf(text(layout.parts.birthDate ?? code), now);
  part('birthDate', 'birthDate', () => birth?.date);
  put('sex', sexCode(text(layout.sex)), layout.sex, 'none');
  part('validUntil', 'validUntil', expiryOf);
  part('optionalData', 'optionalData', (text) =>
    trimmed(layout.parts.goesOn === undefined ? text : text.replace(/^[^<]*/, '')),
  );

  const confirm = fields
    .filter(
      ({ name, check }) => check !== 'passed' || (name === 'birthDate' && birth?.sure === false),
    )
    .map(({ name }) => name);
  const all = (['documentNumber', 'birthDate', 'validUntil'] as const).every((name) =>
    fields.some((field) => field.name === name && field.check === 'passed'),
  );
  return {
    source: 'zone',
    kind: kindOf(layout, lines),
    assurance: all ? 'read' : 'declared',
    fields,
    confirm,
    points,
    lines,
  };
}

/** Mainland China's permits for travel to and from Hong Kong, Macao and Taiwan have the layout of an identity card. */
function kindOf({ kinds }: Layout, lines: readonly string[]): ZoneKind {
  const [usual, permit] = kinds as [ZoneKind, ZoneKind | undefined];
  return permit !== undefined && /^C.CHN/.test(lines[0] ?? '') ? permit : usual;
}

/** The check digits once more, by code that knows nothing of the search: for what ICAO's parser covers, by it. */
function checksFit(layout: Layout, lines: readonly string[]): boolean {
  const own = layout.checked.every((part) => {
    const place = layout.parts[part];
    return place !== undefined && ownCheckFits(lines, place);
  });
  if (!own || !layout.composite) return own;
  const checks = parse([...lines]).details.filter(({ field }) => field?.endsWith('CheckDigit'));
  return checks.length > 0 && checks.every(({ valid }) => valid);
}

/** A card's number of more than nine characters, and the check digit that closes it. */
function longNumberIn({ parts }: Layout, lines: readonly string[]) {
  const { line, start, end } = parts.documentNumber as Place;
  const text = lines[line] ?? '';
  const rest = /^[^<]*/.exec(text.slice(end + 1))?.[0] ?? '';
  return { number: text.slice(start, end) + rest.slice(0, -1), digit: rest.slice(-1) };
}

function longNumberFits(layout: Layout, lines: readonly string[]): boolean {
  const { number, digit } = longNumberIn(layout, lines);
  return number.length > 9 && digit === checkDigitOf(number);
}

function ownCheckFits(lines: readonly string[], { line, start, end }: Place): boolean {
  const text = (lines[line] ?? '').slice(start, end);
  const digit = lines[line]?.charAt(end) ?? '';
  return digit === checkDigitOf(text) || (digit === '<' && /^<*$/.test(text));
}

function trimmed(text: string): string {
  return text.replaceAll('<', ' ').trim();
}

function namesOf(text: string): readonly [string, string] {
  const [surname = '', ...given] = text.split('<<');
  return [trimmed(surname), trimmed(given.join(' '))];
}

function sexCode(text: string): string {
  return text === 'M' ? '1' : text === 'F' ? '2' : '0';
}
