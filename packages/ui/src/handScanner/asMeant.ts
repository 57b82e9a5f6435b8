import { err, type HandScan, ok } from '@tongban/core';

/** How codes begin whose beginning is known: ours, signed ones, web addresses, driving licences. */
const known = /^(TB1:|TBH1:|eyJ|https?:|@)/;

/** Whether keys that come one after the other begin as such a code does, large and small letters as meant or exchanged. */
export function beginsLikeCode(text: string): boolean {
  return known.test(text) || known.test(exchanged(text));
}

/**
 * A code as it was printed. Keys are read as if caps lock were off, since most scanners do not know of it; one that does,
 * or that is set to caps lock itself, sends large for small. The beginning tells which. Where it does not and caps
 * lock is on, nothing is guessed: a letter of the wrong size is another code.
 */
export function asMeant(text: string, capsLock: boolean): HandScan {
  if (known.test(text)) return ok(text);
  const other = exchanged(text);
  if (known.test(other)) return ok(other);
  return capsLock && other !== text ? err('caps-lock') : ok(text);
}

function exchanged(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) =>
    letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
  );
}
