import type { SerialLine } from '../ports/serialLine.ts';

/** Two lines of which each hears what is written to the other, and both are closed when one is. */
export function nullModem(): readonly [SerialLine, SerialLine] {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let open = true;
  void closed.then(() => {
    open = false;
  });
  const hears: [Listener | undefined, Listener | undefined] = [undefined, undefined];
  const end = (own: 0 | 1): SerialLine => ({
    async write(bytes) {
      const copy = bytes.slice();
      await undefined;
      if (open) hears[1 - own]?.(copy);
    },
    watch(listener) {
      if (hears[own] !== undefined) throw new Error('The line has a listener');
      hears[own] = listener;
      return () => {
        hears[own] = undefined;
      };
    },
    closed,
    async close() {
      resolve();
      await closed;
    },
  });
  return [end(0), end(1)];
}

type Listener = (bytes: Uint8Array) => void;
