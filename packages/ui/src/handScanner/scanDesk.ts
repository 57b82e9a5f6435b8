import type { HandScan, HandScanFailure, Timer } from '@tongban/core';
import type { Meaning } from '@tongban/core/scan';
import type { ScannedCode } from '../scan/messages.ts';

/** A screen that awaits codes. */
export interface Awaiting {
  /** Those it has a use or a word for; all of them by default. */
  readonly kinds?: readonly Meaning['kind'][] | undefined;
  /** Whether it can be reached now; what lies under a dialog cannot. */
  readonly isOpen: () => boolean;
  /** As for the camera: a sentence says why the code does not help here, none that it was taken. */
  readonly take: (code: ScannedCode) => Promise<string | undefined>;
}

/** What became of a scan. `again`: the same code once more. `busy`: another one was still being worked on. */
export type Scanned =
  | { readonly at: 'taken' | 'not-awaited' | 'again' | 'busy' }
  | { readonly at: 'refused'; readonly sentence: string }
  | { readonly at: 'failed'; readonly why: HandScanFailure };

/** Where scans arrive, and the screens that await them. */
export interface ScanDesk {
  await(awaiting: Awaiting): () => void;
  hear(scan: HandScan): Promise<Scanned>;
}

/** Milliseconds in which the code that was taken last is not taken again: a trigger held down reads on. */
const pause = 4_000;

/**
 * Gives each code to the screen that came last of those that can take it. Where there is none the code is not used, and
 * nothing of it goes anywhere: neither into a field nor, an address, into a browser.
 */
export function scanDesk(classify: (text: string) => Meaning, timer: Timer): ScanDesk {
  const screens: Awaiting[] = [];
  let working: string | undefined;
  /** Kept no longer than it is of use: at a counter the next citizen comes to the same page. */
  let last: string | undefined;
  let stop = () => {};
  return {
    await(awaiting) {
      screens.push(awaiting);
      return () => {
        const at = screens.indexOf(awaiting);
        if (at >= 0) screens.splice(at, 1);
      };
    },
    async hear(scan) {
      if (!scan.ok) return { at: 'failed', why: scan.error };
      if (scan.value === (working ?? last)) return { at: 'again' };
      if (working !== undefined) return { at: 'busy' };
      const meaning = classify(scan.value);
      const screen = screens.findLast(
        ({ kinds, isOpen }) => (kinds === undefined || kinds.includes(meaning.kind)) && isOpen(),
      );
      if (screen === undefined) return { at: 'not-awaited' };
      working = scan.value;
      try {
        const sentence = await screen.take({ meaning });
        if (sentence !== undefined) return { at: 'refused', sentence };
        last = scan.value;
        stop();
        stop = timer.after(pause, () => {
          last = undefined;
        });
        return { at: 'taken' };
      } finally {
        working = undefined;
      }
    },
  };
}
