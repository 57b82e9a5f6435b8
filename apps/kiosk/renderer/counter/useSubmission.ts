import type { Catalogue } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import type { StaffClient, StaffFault } from '@tongban/ui/staff';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Merged, merge } from './merged.ts';
import type { Submission } from './submissions.ts';

export interface OpenSubmission {
  readonly merged: Merged | undefined;
  readonly fault: StaffFault | undefined;
  reload(): Promise<void>;
}

/** All cases of one submission as they are now; read anew when the list says that one of them changed. */
export function useSubmission(
  client: StaffClient,
  catalogue: Catalogue,
  submission: Submission | undefined,
  onFault: (fault: StaffFault) => void,
): OpenSubmission {
  const [cases, setCases] = useState<readonly CaseDetail[]>([]);
  const [fault, setFault] = useState<StaffFault>();
  const receipt = submission?.receiptNumber;
  const numbers = submission?.rows.map((row) => row.caseNumber).join(' ') ?? '';
  const version = submission?.updatedAt;
  const wanted = useRef(receipt);
  useEffect(() => {
    wanted.current = receipt;
  }, [receipt]);

  const reload = useCallback(async () => {
    if (receipt === undefined) return;
    const answers = await Promise.all(numbers.split(' ').map((number) => client.case(number)));
    // What was left meanwhile must not appear under another name.
    if (wanted.current !== receipt) return;
    const failed = answers.find((answer) => !answer.ok);
    if (failed !== undefined && !failed.ok) {
      setFault(failed.error);
      onFault(failed.error);
      return;
    }
    setFault(undefined);
    setCases(answers.flatMap((answer) => (answer.ok ? [answer.value] : [])));
  }, [client, receipt, numbers, onFault]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to read again.
  useEffect(() => {
    void reload();
  }, [reload, version]);

  const merged = useMemo(() => {
    const [first, ...others] = cases;
    if (first === undefined || first.row.receiptNumber !== receipt) return undefined;
    return merge([first, ...others], catalogue);
  }, [cases, receipt, catalogue]);
  return { merged, fault: merged === undefined ? fault : undefined, reload };
}
