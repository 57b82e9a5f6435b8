import { err, type OpenLine, systemClock, systemTimer } from '@tongban/core';
import { type CardReader, openCardReader, simulatedDevice } from '@tongban/core/reader';
import type { Configuration } from './configuration.ts';
import { log } from './log.ts';
import { serialLineAt } from './serial/serialLine.ts';
import type { Handlers } from './verbs.ts';

/** Bit/s of every SAM_V (GA 450). */
const baudRate = 115_200;

export interface AttachedReader {
  readonly handlers: Pick<Handlers, 'reader.read' | 'reader.stop'>;
  /** Ends what a page still waits for; the card that was read last is no matter of who comes next. */
  end(): void;
}

/** The reader that the terminal was set up with, behind the verbs of the bridge. */
export function attachReader({
  cardReader: path,
  demonstration,
}: Pick<Configuration, 'cardReader' | 'demonstration'>): AttachedReader {
  if (path === undefined) log('reader.none');
  const reader = path === undefined ? undefined : readerAt(told(serialLineAt(path, baudRate)));
  return readerVerbs(reader, demonstration);
}

/**
 * One reading at a time: a page asks anew when it was loaded anew, and a reading that nobody waits for any more would
 * take the next person's card. A simulator is read in a demonstration only.
 */
export function readerVerbs(
  reader: Pick<CardReader, 'read' | 'forget'> | undefined,
  demonstration: boolean,
  say: typeof log = log,
): AttachedReader {
  let current: { readonly call: string; readonly leave: AbortController } | undefined;
  let said: string | undefined;
  return {
    handlers: {
      async 'reader.read'(call) {
        if (reader === undefined) return err('no-reader');
        current?.leave.abort();
        const own = { call, leave: new AbortController() };
        current = own;
        const read = await reader.read(own.leave.signal).catch((cause: Error) => {
          say('reader.failed', { reason: cause.name });
          throw cause;
        });
        if (current === own) current = undefined;
        if (read === undefined) return undefined;
        const simulated = read.ok && read.value.device === simulatedDevice && !demonstration;
        const answer = simulated ? err('not-authentic' as const) : read;
        const outcome = answer.ok ? 'read' : answer.error;
        // A page asks every second: only what is new is told.
        if (outcome !== said) say('reader', { outcome });
        said = outcome;
        return answer;
      },
      async 'reader.stop'(call) {
        if (current?.call === call) current.leave.abort();
      },
    },
    end() {
      current?.leave.abort();
      current = undefined;
      reader?.forget();
    },
  };
}

function readerAt(open: OpenLine): CardReader {
  return openCardReader({ open, clock: systemClock, timer: systemTimer });
}

/** Whoever looks after the terminal is told why a line did not open; to the person it is all the same. */
function told(open: OpenLine): OpenLine {
  let said: string | undefined;
  return async () => {
    const line = await open();
    const outcome = line.ok ? 'open' : line.error;
    if (outcome !== said) log('reader.line', { outcome });
    said = outcome;
    return line;
  };
}
