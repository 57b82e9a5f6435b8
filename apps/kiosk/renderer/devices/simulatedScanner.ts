import { ok, type SerialScanner, serialScanner, type Timer } from '@tongban/core';
import { nullModem } from '@tongban/core/reader';
import { wedgeKeys } from '@tongban/ui';

/** What the panel does with the simulated hand scanner. */
export interface ScannerHands {
  /** Reads a code and sends it over the serial line, as the real one does. */
  send(text: string): Promise<void>;
  /** Reads a code and types it, Enter behind it, to whatever has the focus. */
  type(text: string): void;
}

/**
 * A hand scanner without one. Its line is made of nothing and all behind it is what a real one has: bytes are put together
 * to codes, keys are told from a person's.
 */
export function simulatedScanner(timer: Timer): { scanner: SerialScanner; hands: ScannerHands } {
  const [line, trigger] = nullModem();
  return {
    scanner: serialScanner({ open: async () => ok(line), end: 'pause', timer }),
    hands: {
      send: (text) => trigger.write(new TextEncoder().encode(`${text}\r`)),
      type(text) {
        for (const { type, shift, ...key } of wedgeKeys(text)) {
          const event = { ...key, shiftKey: shift, bubbles: true, cancelable: true };
          (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent(type, event));
        }
      },
    },
  };
}
