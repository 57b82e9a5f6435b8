import type { FieldFault } from './fault.ts';

/** No I, O, S, V or Z (GB 32100). */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Checks a unified social credit code (GB 32100): 18 characters of its alphabet, check character modulo 31. */
export function checkUscc(text: string): FieldFault | undefined {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return 'uscc-characters';
  let sum = 0;
  let weight = 1;
  for (const char of text.slice(0, 17)) {
    sum += alphabet.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] === text[17] ? undefined : 'uscc-check-digit';
}
