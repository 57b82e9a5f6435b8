import type { HandScan, HandScanner } from '@tongban/core';
import type { TongbanBridge } from '../../bridge.ts';

/** The hand scanner at this terminal as the page sees it: main holds its line, the page asks for one scan after the other. */
export function bridgeScanner(bridge: NonNullable<TongbanBridge['handScanner']>): HandScanner {
  const listeners = new Set<(scan: HandScan) => void>();
  let asking = false;
  const ask = async () => {
    asking = true;
    try {
      while (listeners.size > 0) {
        const scan = await bridge.next();
        // Main serves another page now.
        if (scan === undefined) break;
        for (const listener of [...listeners]) listener(scan);
      }
    } catch (error) {
      // For whoever looks after the machine. Nobody waits for a scan: the next screen that watches asks again.
      console.error(error);
    } finally {
      asking = false;
    }
  };
  return {
    watch(listener) {
      const one = (scan: HandScan) => listener(scan);
      listeners.add(one);
      if (!asking) void ask();
      return () => void listeners.delete(one);
    },
  };
}
