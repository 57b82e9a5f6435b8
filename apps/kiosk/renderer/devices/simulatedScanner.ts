import { type Later, ok, type SerialLine, type SerialScanner, serialScanner } from '@tongban/core';
import { wedgeKeys } from '@tongban/ui';

/** What the panel does with the simulated hand scanner. */
export interface ScannerHands {
  /** Reads a code and sends it over the serial line, as the real one does. */
  send(text: string): void;
  /** Reads a code and types it, Enter behind it, to whatever has the focus. */
  type(text: string): void;
}

/**
 * A hand scanner without one. Its line is made of nothing and all behind it is what a real one has: bytes are put together
 * to codes, keys are told from a person's.
 */
export function simulatedScanner(later: Later): { scanner: SerialScanner; hands: ScannerHands } {
  let listener: ((bytes: Uint8Array) => void) | undefined;
  const gone = Promise.withResolvers<void>();
  const line: SerialLine = {
    write: async () => undefined,
    watch(hears) {
      listener = hears;
      return () => {
        listener = undefined;
      };
    },
    closed: gone.promise,
    close: async () => gone.resolve(),
  };
  return {
    scanner: serialScanner({ open: async () => ok(line), end: 'pause', later }),
    hands: {
      send: (text) => listener?.(new TextEncoder().encode(`${text}\r`)),
      type(text) {
        for (const { type, shift, ...key } of wedgeKeys(text)) {
          const event = { ...key, shiftKey: shift, bubbles: true, cancelable: true };
          (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent(type, event));
        }
      },
    },
  };
}
