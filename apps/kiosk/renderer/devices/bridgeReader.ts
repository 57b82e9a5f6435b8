import type { IdReader } from '@tongban/core';
import type { TongbanBridge } from '../../bridge.ts';

/** The reader at this terminal as the page sees it: main holds its line. An abort cannot cross the bridge; a name can. */
export function bridgeReader(reader: NonNullable<TongbanBridge['cardReader']>): IdReader {
  return {
    async read(signal) {
      if (signal.aborted) return undefined;
      const call = crypto.randomUUID();
      const stop = () => void reader.stop(call);
      signal.addEventListener('abort', stop);
      try {
        const read = await reader.read(call);
        return signal.aborted ? undefined : read;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}
