import { isCalendarDate } from '../form/calendarDate.ts';

/** What of a driver licence is taken: names of our own, dates in ISO 8601, sex by GB/T 2261.1. */
export type LicenceField =
  | 'familyName'
  | 'givenNames'
  | 'number'
  | 'birthDate'
  | 'issued'
  | 'expires'
  | 'sex'
  | 'street'
  | 'city'
  | 'region'
  | 'postcode'
  | 'country';

/** What a North American driver licence or ID card says in its PDF417 code. It is not signed: anyone can print one. */
export interface DriverLicence {
  /** Issuer identification number, six digits; names the jurisdiction. */
  readonly issuer: string;
  /** Version of the AAMVA standard. */
  readonly version: number;
  readonly values: Readonly<Partial<Record<LicenceField, string>>>;
  /** Names that the issuer had to cut short. */
  readonly truncated: readonly LicenceField[];
}

const elements: Readonly<Record<string, LicenceField>> = {
  DCS: 'familyName',
  DAB: 'familyName',
  DAQ: 'number',
  DBB: 'birthDate',
  DBD: 'issued',
  DBA: 'expires',
  DBC: 'sex',
  DAG: 'street',
  DAI: 'city',
  DAJ: 'region',
  DAK: 'postcode',
  DCG: 'country',
};
const flags: Readonly<Record<string, LicenceField>> = {
  DDE: 'familyName',
  DDF: 'givenNames',
  DDG: 'givenNames',
};

/** Longest header with every separator that is seen in the wild, and a directory of ten subfiles. */
const headerLength = 160;
const header = /^@?[\p{Cc} ]{0,6}(?:ANSI|AAMVA) ?(\d{6})(\d{2})\d{0,4}/u;
const directory = /^(?:[A-Z]{2}\d{8}){0,10}/;
/** No element of the standard is longer. */
const longest = 125;

/**
 * Reads the code of a driver licence or ID card (AAMVA DL/ID Card Design Standard, versions 1 to 10 and later). Issuers
 * count the offsets and lengths of the directory in different ways, leave separators out or use others, so elements
 * are found by their names. Undefined when there is no header or no licence number.
 */
export function parseDriverLicence(text: string): DriverLicence | undefined {
  const head = header.exec(text.slice(0, headerLength));
  if (head === null) return undefined;
  const [whole, issuer = '', version = ''] = head;
  const raw = elementsOf(text.slice(whole.length).replace(directory, ''));
  const values = { ...plainValues(raw), ...givenNames(raw) };
  if (values.number === undefined) return undefined;
  const truncated = Object.entries(flags).filter(([id]) => raw.get(id) === 'T');
  return {
    issuer,
    version: Number(version),
    values,
    truncated: [...new Set(truncated.map(([, name]) => name))],
  };
}

/** Element by its three letters; the first of a name counts. */
function elementsOf(body: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of body.split(/\p{Cc}/u)) {
    const [, id, value = ''] = /^(?:DL|ID)?(D[A-D][A-Z])(.*)$/s.exec(line) ?? [];
    const kept = value.slice(0, longest).trim();
    if (id === undefined || found.has(id) || /^(|none|unavl|unavail)$/i.test(kept)) continue;
    found.set(id, kept);
  }
  return found;
}

function plainValues(raw: ReadonlyMap<string, string>): DriverLicence['values'] {
  const values: Partial<Record<LicenceField, string>> = {};
  for (const [id, name] of Object.entries(elements)) {
    const text = raw.get(id);
    const value = text && inOurTerms(name, text);
    if (value && values[name] === undefined) values[name] = value;
  }
  return values;
}

function inOurTerms(name: LicenceField, text: string): string | undefined {
  if (name === 'sex') return { 1: '1', 2: '2', 9: '9', M: '1', F: '2' }[text];
  if (name === 'birthDate' || name === 'issued' || name === 'expires') return isoDate(text);
  return text;
}

/**
 * MMDDCCYY in the United States, CCYYMMDD in Canada and in version 1. No text is a date in both, since no month is 19
 * or higher, so the country need not be believed.
 */
function isoDate(text: string): string | undefined {
  const cut = (pattern: RegExp, order: string) =>
    pattern.test(text) ? text.replace(pattern, order) : '';
  return [
    cut(/^(\d{2})(\d{2})(\d{4})$/, '$3-$1-$2'),
    cut(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
  ].find(isCalendarDate);
}

/** Given names stand apart since version 3 (DAC, DAD), together in version 2 (DCT), in the full name before (DAA). */
function givenNames(raw: ReadonlyMap<string, string>): DriverLicence['values'] {
  const apart = ['DAC', 'DAD'].flatMap((id) => raw.get(id) ?? []);
  const together = raw.get('DCT')?.split(/[,$]/) ?? [];
  const [family, ...rest] = raw.get('DAA')?.split(/[,@$]/) ?? [];
  const given = [apart, together, rest].find((names) => names.length > 0);
  const words = given?.map((name) => name.trim()).filter((name) => name !== '') ?? [];
  const alone = raw.has('DCS') || raw.has('DAB') ? undefined : family?.trim();
  return {
    ...(alone && { familyName: alone }),
    ...(words.length > 0 && { givenNames: words.join(' ') }),
  };
}
