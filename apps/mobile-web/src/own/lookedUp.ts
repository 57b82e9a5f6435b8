import type { Receipt } from '@tongban/core';

/**
 * Receipts that were shown to this phone and are not its own: kept while the page stands, so that
 * their secret is in no address and on no disk unless the person asks for it.
 */
const receipts = new Map<string, Receipt>();

export function lookUp(receipt: Receipt): void {
  receipts.set(receipt.number, receipt);
}

export function lookedUp(number: string): Receipt | undefined {
  return receipts.get(number);
}
