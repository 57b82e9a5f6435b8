import type { HandScan } from '../ports/handScanner.ts';
import { err, ok } from '../result.ts';

/** Characters. The largest QR code holds 7 089 digits; everything else less. */
export const longestCode = 8_192;

/** Symbology identifier of ISO/IEC 15424 (`]Q1`), which a scanner may be set to send in front. */
const symbology = /^\][A-Za-z][0-9A-Za-z]/;
/** What scanners are set to send behind a code: Enter, Tab, or both. */
const suffix = /[\r\n\t]+$/;
/** The separators of ISO/IEC 15434, and line ends, stand in codes (driving licences); no other control character does. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const noText = /[\0-\x03\x05-\x08\x0b\x0c\x0e-\x1b\x7f\ufffd]/;

/** The code's text from all that a scanner sent for it; `undefined` when there is nothing but line ends. */
export function sentText(sent: string): HandScan | undefined {
  const text = sent.replace(symbology, '').replace(suffix, '');
  if (text === '') return undefined;
  if (text.length > longestCode) return err('too-long');
  return noText.test(text) ? err('unreadable') : ok(text);
}
