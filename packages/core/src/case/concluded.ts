import type { CaseState } from './state.ts';

/** States that a case never leaves. */
export const concludedStates: readonly CaseState[] = [
  'granted',
  'denied',
  'refused',
  'returned',
  'withdrawn',
];
