import { checkDigitOf } from '../zone/checkDigit.ts';
import type { ZoneKind } from '../zone/layout.ts';

/** A made-up holder's zone, and what a right reading of it says. */
export interface MadeZone {
  readonly kind: ZoneKind;
  readonly lines: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
}

const surnames = [
  'ZHANG',
  'LI',
  'OUYANG',
  'ERIKSSON',
  'VAN DER BERG',
  'GARCIA LOPEZ',
  'NGUYEN',
  'KOWALSKA',
  'OKONKWO',
  'SATO',
  'MUELLER',
  'ABDULRAHMAN',
  'QIU',
  'XUE',
  'BJOERK',
  'WOLF',
  'FITZGERALD',
  'JAKUBOWSKI',
];
const given = [
  'WEI',
  'XIAOMING',
  'ANNA MARIA',
  'JEAN PIERRE',
  'FATIMA',
  'YUKI',
  'OLGA',
  'GUOQIANG',
  'BEATRIZ',
  'THI MAI',
  'KAZIMIERZ',
  'ZOE',
  'VICTOR HUGO',
  'QUYNH',
  'HANS',
  'DZHAMILYA',
];
const states = [
  'CHN',
  'USA',
  'FRA',
  'D<<',
  'JPN',
  'NGA',
  'VNM',
  'POL',
  'GBR',
  'KOR',
  'SWE',
  'ESP',
  'BRA',
  'IND',
];
const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A zone with right check digits from random numbers. */
export function madeZone(kind: ZoneKind, random: () => number): MadeZone {
  const pick = <T>(from: ArrayLike<T>) => from[Math.floor(random() * from.length)] as T;
  const some = (count: number, from: string) =>
    Array.from({ length: count }, () => pick([...from])).join('');
  const two = (low: number, high: number) =>
    String(low + Math.floor(random() * (high - low + 1))).padStart(2, '0');
  const [surname, givenNames] = [pick(surnames), pick(given)];
  const permit = kind === 'travel-permit';
  const state = permit ? 'CHN' : pick(states);
  const nationality = permit ? 'CHN' : pick(states);
  const number =
    random() < 0.5 ? pick('EGHKPCL') + some(8, '0123456789') : some(random() < 0.5 ? 9 : 8, signs);
  const birth = `${two(40, 99)}${two(1, 12)}${two(1, 28)}`;
  const expiry = `${two(27, 35)}${two(1, 12)}${two(1, 28)}`;
  const sex = pick(['M', 'F', '<']);
  const fill = (text: string, length: number) =>
    text.replaceAll(' ', '<').slice(0, length).padEnd(length, '<');
  const withDigit = (text: string) => text + checkDigitOf(text);
  const [numbered, born, until] = [fill(number, 9), birth, expiry].map(withDigit) as [
    string,
    string,
    string,
  ];
  const names = `${surname}<<${givenNames}`;
  const data = random() < 0.5 ? '' : some(7, signs);
  const middle = numbered + nationality + born + sex + until;
  const lines = {
    td3: () => {
      const optional = fill(data, 14);
      const own = data === '' && random() < 0.5 ? '<' : checkDigitOf(optional);
      const all = checkDigitOf(numbered + born + until + optional + own);
      return [`P<${state}${fill(names, 39)}`, middle + optional + own + all];
    },
    td2: () => {
      const optional = fill(data, 7);
      const all = checkDigitOf(numbered + born + until + optional);
      return [`I<${state}${fill(names, 31)}`, middle + optional + all];
    },
    'mrv-a': () => [`V<${state}${fill(names, 39)}`, middle + fill(data, 16)],
    'mrv-b': () => [`V<${state}${fill(names, 31)}`, middle + fill(data, 8)],
    td1: card,
    'travel-permit': card,
  }[kind]();
  function card() {
    const [first, second] = [fill(data, 15), fill('', 11)];
    const all = checkDigitOf(numbered + first + born + until + second);
    const code = permit ? pick(['CR', 'CT', 'CS']) : 'I<';
    return [
      code + state + numbered + first,
      `${born}${sex}${until}${nationality}${second}${all}`,
      fill(names, 30),
    ];
  }
  const date = (century: string, text: string) =>
    `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`;
  return {
    kind,
    lines,
    fields: {
      surname,
      givenNames: namesIn(lines, kind),
      documentNumber: number,
      issuingState: state.replaceAll('<', ''),
      nationality: nationality.replaceAll('<', ''),
      birthDate: date('19', birth),
      validUntil: date('20', expiry),
      sex: sex === 'M' ? '1' : sex === 'F' ? '2' : '0',
      ...(data === '' ? {} : { optionalData: data }),
    },
  };
}

/** Given names as the zone has them: a line may be too short for all. */
function namesIn(lines: readonly string[], kind: ZoneKind): string {
  const line = kind === 'td1' || kind === 'travel-permit' ? lines[2] : lines[0]?.slice(5);
  return (line?.split('<<')[1] ?? '').replaceAll('<', ' ').trim();
}
