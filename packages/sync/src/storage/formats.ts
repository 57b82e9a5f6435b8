import { firstFormat, type RowFormat } from './format.ts';

/**
 * Formats of what a device made itself and nobody else has. What it pulled or was told comes again, and needs none. The
 * databases beneath have the same version for ever: a browser refuses to open one that a newer app had raised.
 */
export interface Formats {
  readonly outbox: RowFormat;
  readonly receipts: RowFormat;
  readonly drafts: RowFormat;
}

export const formats: Formats = {
  outbox: firstFormat,
  receipts: firstFormat,
  drafts: firstFormat,
};
