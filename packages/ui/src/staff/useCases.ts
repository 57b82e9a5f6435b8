import type { CaseDetail, CaseRow } from '@tongban/sync/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StaffClient, StaffFault } from './client.ts';
import type { LineWords } from './Top.tsx';

export interface CaseList {
  /** `undefined` until the centre answered for the first time. */
  readonly rows: readonly CaseRow[] | undefined;
  readonly line: LineWords;
  refresh(): Promise<void>;
}

/**
 * The list, asked for again every few seconds while the page is looked at. Without a line the last list stays,
 * with the time it is from.
 */
export function useCases(
  client: StaffClient,
  everyMs: number,
  onFault: (fault: StaffFault) => void,
): CaseList {
  const [rows, setRows] = useState<readonly CaseRow[]>();
  const [line, setLine] = useState<LineWords>({ connected: undefined });

  const refresh = useCallback(async () => {
    const answer = await client.cases();
    if (answer.ok) {
      setRows(answer.value.rows);
      setLine({ connected: true, heardAt: answer.value.asOf });
      return;
    }
    const { reason } = answer.error;
    // A refusal is an answer too: the line is there.
    const connected = reason === 'signed-out' || reason === 'refused';
    setLine((before) => ({ ...before, connected }));
    onFault(answer.error);
  }, [client, onFault]);

  useEffect(() => {
    let next: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const round = async () => {
      if (document.visibilityState === 'visible') await refresh();
      if (!over) next = setTimeout(() => void round(), everyMs);
    };
    const onShown = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    void round();
    document.addEventListener('visibilitychange', onShown);
    return () => {
      over = true;
      clearTimeout(next);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [refresh, everyMs]);

  return { rows, line, refresh };
}

export interface OpenCase {
  readonly detail: CaseDetail | undefined;
  readonly fault: StaffFault | undefined;
  /** Takes what an act answered. */
  put(detail: CaseDetail): void;
  reload(): void;
}

/** One case as it is now; read anew when the list says that it changed (`version`). */
export function useCase(
  client: StaffClient,
  caseNumber: string | undefined,
  version: string | undefined,
  onFault: (fault: StaffFault) => void,
): OpenCase {
  const [detail, setDetail] = useState<CaseDetail>();
  const [fault, setFault] = useState<StaffFault>();
  const wanted = useRef(caseNumber);
  useEffect(() => {
    wanted.current = caseNumber;
  }, [caseNumber]);

  const reload = useCallback(async () => {
    if (caseNumber === undefined) return;
    const answer = await client.case(caseNumber);
    // The answer to a case that was left meanwhile must not appear under another name.
    if (wanted.current !== caseNumber) return;
    if (answer.ok) {
      setDetail(answer.value);
      setFault(undefined);
    } else {
      setFault(answer.error);
      onFault(answer.error);
    }
  }, [client, caseNumber, onFault]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to read again.
  useEffect(() => {
    void reload();
  }, [reload, version]);

  const shown = detail?.row.caseNumber === caseNumber ? detail : undefined;
  return {
    detail: shown,
    fault: shown === undefined ? fault : undefined,
    put: setDetail,
    reload: () => void reload(),
  };
}
