import type { CaseNumber } from '../ids.ts';
import type { Random } from '../ports/random.ts';
import { chinaDate } from './chinaDate.ts';

/** Crockford Base32: no I, L, O, U, so that a number survives handwriting and the telephone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkAlphabet = `${alphabet}*~$=U`;

/** Channel digit of a case number. */
export type Channel = '1' | '2' | '3' | '9';
export const channels = { counter: '1', portal: '2', phone: '3', kiosk: '9' } as const;

/**
 * Makes a case number without a counter or a line: region 6 + channel 1 + date 8 (China) + 12 random
 * Crockford Base32 characters + check character (modulo 37). 60 random bits: among a million
 * cases a day the chance of one collision is below one in two million.
 */
export function makeCaseNumber(
  region: string,
  channel: Channel,
  instant: Date,
  random: Random,
): CaseNumber {
  const day = chinaDate(instant).replaceAll('-', '');
  const tail = Array.from(random.bytes(12), (byte) => alphabet[byte & 31]).join('');
  const body = `${region}${channel}${day}${tail}`;
  return `${body}${checkCharacter(body)}` as CaseNumber;
}

/** Reads what a person typed: spaces and hyphens dropped, O as 0, I and L as 1; `undefined` when it cannot be one. */
export function parseCaseNumber(text: string): CaseNumber | undefined {
  const upper = text.toUpperCase().replace(/[\s-]/g, '');
  const plain = upper.slice(0, -1).replaceAll('O', '0').replace(/[IL]/g, '1') + upper.slice(-1);
  if (!/^\d{6}[1239]\d{8}[0-9A-HJKMNP-TV-Z]{12}[0-9A-HJKMNP-TV-Z*~$=U]$/.test(plain))
    return undefined;
  return checkCharacter(plain.slice(0, -1)) === plain.slice(-1) ? (plain as CaseNumber) : undefined;
}

/** Groups for reading aloud: 320199 9 20261123 ABCD EFGH JKMN X. */
export function spacedCaseNumber(number: string): string {
  return [
    number.slice(0, 7),
    number.slice(7, 15),
    number.slice(15, 19),
    number.slice(19, 23),
    number.slice(23),
  ].join(' ');
}

function checkCharacter(body: string): string {
  let remainder = 0;
  for (const char of body) remainder = (remainder * 32 + alphabet.indexOf(char)) % 37;
  return checkAlphabet.charAt(remainder);
}
