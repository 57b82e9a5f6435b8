import type { Receipt, StoreFailure, Visit } from '@tongban/core';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { usePhone } from '../device/PhoneState.tsx';

/** The receipt of an application, from the moment it is handed in. */
export interface KeptReceipt {
  readonly receipt: Receipt | undefined;
  /** It lies among the person's own: now the visit may go. */
  readonly kept: boolean;
  /** Why it does not lie there. */
  readonly failure: StoreFailure | undefined;
  keep(): void;
}

/** A receipt is the person's to keep: it is on this phone's disk before anything of the visit goes. */
export function useReceipt(visit: Visit): KeptReceipt {
  const { device } = usePhone();
  const [kept, setKept] = useState(false);
  const [failure, setFailure] = useState<StoreFailure>();
  const receipt = useSyncExternalStore(
    (listener) => visit.subscribe(listener),
    () => visit.snapshot().receipt,
  );
  const keep = useCallback(() => {
    if (receipt === undefined) return;
    void device.receipts.keep(receipt).then((written) => {
      setKept(written.ok);
      setFailure(written.ok ? undefined : written.error);
    });
  }, [device, receipt]);
  useEffect(keep, [keep]);
  return { receipt, kept, failure, keep };
}
