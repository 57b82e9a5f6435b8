import { type Receipt, type ReceiptPrinter, spacedCaseNumber, spacedSecret } from '@tongban/core';
import type { TFunction } from 'i18next';

/** Prints what the receipt itself says: whose it is stands in its code's case, not on another slip. */
export function printAgain(
  printer: ReceiptPrinter,
  receipt: Receipt,
  t: TFunction,
): ReturnType<ReceiptPrinter['print']> {
  return printer.print({
    lines: [
      t('journey:slip.title'),
      spacedCaseNumber(receipt.number),
      t('journey:slip.secret', { secret: spacedSecret(receipt) }),
      t('journey:slip.keep'),
    ],
    qr: receipt.code,
  });
}
