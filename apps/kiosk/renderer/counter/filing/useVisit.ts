import type { Visit, VisitSnapshot } from '@tongban/core';
import { useSyncExternalStore } from 'react';

/** What the visit looks like now. */
export function useVisit(visit: Visit): VisitSnapshot {
  return useSyncExternalStore(
    (listener) => visit.subscribe(listener),
    () => visit.snapshot(),
  );
}
