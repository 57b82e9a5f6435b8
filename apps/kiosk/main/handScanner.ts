import { type HandScan, type HandScanner, serialScanner, systemTimer } from '@tongban/core';
import type { Configuration } from './configuration.ts';
import { log } from './log.ts';
import { serialLineAt } from './serial/serialLine.ts';
import type { Handlers } from './verbs.ts';

export interface AttachedScanner {
  readonly handlers: Pick<Handlers, 'scanner.next'>;
  /** Ends what a page still waits for. */
  end(): void;
}

/** The hand scanner that the terminal was set up with, behind the verbs of the bridge. What it reads is in no log. */
export function attachScanner({
  handScanner,
}: Pick<Configuration, 'handScanner'>): AttachedScanner {
  if (handScanner === undefined) return scannerVerbs(undefined);
  const { path, baudRate, end } = handScanner;
  return scannerVerbs(
    serialScanner({
      open: serialLineAt(path, baudRate),
      end,
      timer: systemTimer,
      onLine: (outcome) => log('handScanner.line', { outcome }),
    }),
  );
}

/**
 * One page waits at a time: one that was loaded anew asks anew, and a scan given to the one before would be lost. A scan for
 * which nobody waits is not kept.
 */
export function scannerVerbs(scanner: HandScanner | undefined): AttachedScanner {
  let end = () => {};
  return {
    handlers: {
      async 'scanner.next'() {
        end();
        if (scanner === undefined) return undefined;
        return new Promise<HandScan | undefined>((resolve) => {
          const stop = scanner.watch((scan) => {
            stop();
            resolve(scan);
          });
          end = () => {
            stop();
            resolve(undefined);
          };
        });
      },
    },
    end: () => end(),
  };
}
