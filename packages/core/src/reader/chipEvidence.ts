import { chinaDate } from '../case/chinaDate.ts';
import { isCalendarDate } from '../form/calendarDate.ts';
import { checkName } from '../form/name.ts';
import { parseResidentId } from '../form/residentId.ts';
import type { IdentityEvidence } from '../identity/evidence.ts';
import type { ReaderFailure } from '../ports/idReader.ts';
import { err, ok, type Result } from '../result.ts';
import { isEthnicityCode } from '../scan/card/ethnicities.ts';
import type { ChipText } from './chipText.ts';

export interface ChipRead {
  readonly text: ChipText;
  /** Given after the card; it counts before the one on it. */
  readonly newAddress?: string | undefined;
  readonly device: string;
  readonly now: Date;
}

type Served = Exclude<ChipText, { kind: 'foreigner-2017' }>;
type Refused = Extract<ReaderFailure, 'contradiction' | 'card-expired' | 'not-served'>;

/** First digits of a number, by who has it (GB 11643 and what GA 450 adds for other cards). */
const numbers = {
  resident: /^[1-8]/,
  'hong-kong-macao-taiwan': /^8[123]0000/,
  'foreigner-2023': /^9/,
} as const satisfies Record<Served['kind'], RegExp>;

/**
 * What a chip says, as evidence: `verified`, since the reader's security module proved the chip. A chip whose statements
 * do not agree is none: its number's check character (GB 11643), birth date and sex, days that exist, and for the kind
 * of card a number of that kind. The permanent residence card of 2017 has a number of 15 characters, which no
 * form here can take.
 */
export function chipEvidence({
  text,
  newAddress,
  device,
  now,
}: ChipRead): Result<IdentityEvidence, Refused> {
  if (text.kind === 'foreigner-2017') return err('not-served');
  const id = parseResidentId(text.number, now);
  const validUntil = untilOf(text.until);
  const from = dateOf(text.from);
  const name = checkName(nameOf(text));
  const today = chinaDate(now);
  if (
    !id.ok ||
    id.value.number !== text.number ||
    id.value.birthDate !== dateOf(text.birth) ||
    id.value.sex !== text.sex ||
    !numbers[text.kind].test(text.number) ||
    !name.ok ||
    from === undefined ||
    from > today ||
    validUntil === undefined ||
    validUntil < from
  )
    return err('contradiction');
  const more = moreOf(text, newAddress);
  if (more === undefined) return err('contradiction');
  // `长期` sorts after every date.
  if (validUntil < today) return err('card-expired');
  const { number: residentId, birthDate, sex } = id.value;
  return ok({
    source: 'card-reader',
    assurance: 'verified',
    readAt: now.toISOString(),
    device,
    attributes: { name: name.value, residentId, birthDate, sex, ...more, validUntil },
  });
}

/** What only some cards say; `undefined` when one that should does not. */
function moreOf(
  text: Served,
  newAddress: string | undefined,
): Readonly<Record<string, string>> | undefined {
  if (text.kind === 'foreigner-2023') return {};
  const address = newAddress ?? text.address;
  if (address === '' || text.issuer === '') return undefined;
  if (text.kind === 'hong-kong-macao-taiwan') return { address, issuedBy: text.issuer };
  const { ethnicity } = text;
  return isEthnicityCode(ethnicity) ? { ethnicity, address, issuedBy: text.issuer } : undefined;
}

/** A comma parts surname and given names on the card; a name in a form has none. */
function nameOf(text: Served): string {
  if (text.kind !== 'foreigner-2023' || text.name !== '') return text.name;
  return (text.latinName + text.latinRest).replace(/\s*,\s*/g, ' ');
}

function dateOf(digits: string): string | undefined {
  const date = digits.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return isCalendarDate(date) ? date : undefined;
}

function untilOf(text: string): string | undefined {
  return text === '长期' ? text : dateOf(text);
}
