import type { Result } from '../result.ts';

export type PrinterFailure = 'no-printer' | 'out-of-paper' | 'cover-open' | 'jam';

/** Prints a receipt: lines of text and one QR code. */
export interface ReceiptPrinter {
  print(slip: {
    readonly lines: readonly string[];
    readonly qr: string;
  }): Promise<Result<void, PrinterFailure>>;
}
