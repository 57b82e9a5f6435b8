/** Item of a case whose item cannot be known. */
export const unknownItem = 'unknown';

/**
 * An id that came from a terminal, before it goes where everyone may read it: public status, log, corrections. What
 * has not the form of an id is not repeated.
 */
export function catalogueId(text: string): string {
  return /^[a-z][a-z0-9-]{0,59}$/.test(text) ? text : unknownItem;
}
