/** The 37 characters of a zone in OCR-B (ICAO 9303-3); a character's place here is its number everywhere. */
export const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';

/** The number that the recogniser gives to what is no character: paper, or the gap between two. */
export const nothing = alphabet.length;
