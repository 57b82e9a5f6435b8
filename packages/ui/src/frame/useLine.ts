import type { Line, LineState, Outbox, OutboxEntry } from '@tongban/core';
import { useEffect, useState, useSyncExternalStore } from 'react';

/** The line as it stands now. */
export function useLine(line: Line): LineState {
  return useSyncExternalStore(
    (listener) => line.watch(listener),
    () => line.state(),
  );
}

/** What lies in the outbox now. */
export function useOutbox(outbox: Outbox): readonly OutboxEntry[] {
  const [entries, setEntries] = useState<readonly OutboxEntry[]>([]);
  useEffect(() => outbox.watch(setEntries), [outbox]);
  return entries;
}
