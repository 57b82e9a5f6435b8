import { err, ok, type PrinterFailure, type ReceiptPrinter } from '@tongban/core';

type Slip = Parameters<ReceiptPrinter['print']>[0];

/** What the panel does to the simulated printer, and what came out of it. */
export interface PrinterHands {
  /** Puts the printer into a fault, or mends it. */
  set(fault: PrinterFailure | undefined): void;
  slips(): readonly Slip[];
  watch(listener: () => void): () => void;
}

/** A receipt printer without a printer: what it prints lies in the panel and is gone with the page. */
export function simulatedPrinter(): { printer: ReceiptPrinter; hands: PrinterHands } {
  let fault: PrinterFailure | undefined;
  let slips: readonly Slip[] = [];
  const listeners = new Set<() => void>();
  return {
    printer: {
      async print(slip) {
        if (fault !== undefined) return err(fault);
        slips = [...slips, slip];
        for (const listener of listeners) listener();
        return ok(undefined);
      },
    },
    hands: {
      set(now) {
        fault = now;
      },
      slips: () => slips,
      watch(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
