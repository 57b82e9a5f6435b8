import type { StoreFailure } from '@tongban/core';
import { createContext, use } from 'react';
import { Icon } from '../icon/Icon.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';

/** Why the last step could not be taken: where a person stands is kept in the draft, and the disk may refuse it. */
export const StepFailure = createContext<StoreFailure | undefined>(undefined);

/** Says on the screen that was to be left why it was not. */
export function StepFault() {
  const failure = use(StepFailure);
  const faultWords = useFaultWords();
  if (failure === undefined) return null;
  return (
    <p className="fault fault-wide" role="alert">
      <Icon name="attention" />
      <span>{faultWords('store', failure)}</span>
    </p>
  );
}
