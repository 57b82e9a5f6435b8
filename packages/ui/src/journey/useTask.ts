import type { Result } from '@tongban/core';
import { useState } from 'react';

/** Runs one thing at a time and keeps what went wrong, so that the screen can say it. */
export function useTask<E>(): {
  readonly busy: boolean;
  readonly failure: E | undefined;
  readonly clear: () => void;
  readonly run: <T>(work: () => Promise<Result<T, E>>, then?: (value: T) => void) => void;
} {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<E>();
  const [bug, setBug] = useState<{ readonly error: unknown }>();
  // A bug in the work belongs to the boundary around the screens, as one in the screen itself does.
  if (bug !== undefined) throw bug.error;
  return {
    busy,
    failure,
    clear: () => setFailure(undefined),
    run: (work, then) => {
      setBusy(true);
      setFailure(undefined);
      work().then(
        (result) => {
          setBusy(false);
          if (result.ok) then?.(result.value);
          else setFailure(result.error);
        },
        (error: unknown) => setBug({ error }),
      );
    },
  };
}
