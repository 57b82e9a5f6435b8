import type { CaseState } from './state.ts';

/** States that a case does not leave by itself; `returned` only for a supplement that was handed in in time. */
export const concludedStates: readonly CaseState[] = [
  'granted',
  'denied',
  'refused',
  'returned',
  'withdrawn',
];
