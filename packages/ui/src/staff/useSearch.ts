import type { CaseRow } from '@tongban/sync/protocol';
import { useCallback, useState } from 'react';
import type { StaffClient, StaffFault } from './client.ts';

export interface Search {
  readonly found: { readonly text: string; readonly rows: readonly CaseRow[] } | undefined;
  readonly fault: StaffFault | undefined;
  /** Answers what was found; an empty text goes back to the list. */
  find(text: string): Promise<readonly CaseRow[] | undefined>;
}

/** Finds cases in the centre; what was found stands in place of the list until it is cleared. */
export function useSearch(client: StaffClient, onFault: (fault: StaffFault) => void): Search {
  const [found, setFound] = useState<Search['found']>();
  const [fault, setFault] = useState<StaffFault>();
  const find = useCallback(
    async (text: string) => {
      setFault(undefined);
      if (text === '') {
        setFound(undefined);
        return undefined;
      }
      const answer = await client.search(text);
      if (answer.ok) {
        setFound({ text, rows: answer.value.rows });
        return answer.value.rows;
      }
      setFault(answer.error);
      onFault(answer.error);
      return undefined;
    },
    [client, onFault],
  );
  return { found, fault, find };
}
