import { useCallback, useState } from 'react';

/** Whether the help is open. */
export function useHelp(): {
  readonly shown: boolean;
  readonly open: () => void;
  readonly close: () => void;
} {
  const [shown, setShown] = useState(false);
  return {
    shown,
    open: useCallback(() => setShown(true), []),
    close: useCallback(() => setShown(false), []),
  };
}
