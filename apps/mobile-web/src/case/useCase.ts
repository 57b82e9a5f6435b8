import type { OutboxState, PublicStatus, Receipt } from '@tongban/core';
import type { AskFailure } from '@tongban/sync';
import { useCallback, useEffect, useState } from 'react';
import { usePhone } from '../device/PhoneState.tsx';
import { lookedUp } from '../own/lookedUp.ts';
import { useOwnState } from '../own/OwnState.tsx';

/** One application as this screen shows it. */
export interface FoundCase {
  readonly receipt: Receipt;
  /** Kept on this phone. */
  readonly own: boolean;
  readonly outbox: OutboxState | undefined;
  readonly cases: readonly PublicStatus[] | undefined;
  /** When the cases were as shown; ISO 8601 instant. */
  readonly asOf: string | undefined;
  /** Why the centre could not be asked just now. */
  readonly fault: AskFailure | undefined;
  refresh(): void;
}

interface Answered {
  readonly cases?: readonly PublicStatus[];
  readonly asOf?: string;
  readonly fault?: AskFailure;
}

/** Own cases come from the store at once; whatever the case, the centre is asked as well. */
export function useCase(number: string): FoundCase | 'looking' | 'none' {
  const { device } = usePhone();
  const own = useOwnState();
  const mine = own?.cases.find(({ receipt }) => receipt.number === number);
  const receipt = mine?.receipt ?? lookedUp(number);
  const [answered, setAnswered] = useState<Answered>({});

  const refresh = useCallback(() => {
    if (receipt === undefined) return;
    void device
      .askStatus({ receiptNumber: receipt.number, secret: receipt.secret })
      .then((answer) =>
        setAnswered(
          answer.ok
            ? { cases: answer.value.cases, asOf: new Date().toISOString() }
            : { fault: answer.error },
        ),
      );
  }, [device, receipt]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once a visit; changes come by themselves
  useEffect(refresh, [number, receipt === undefined]);

  if (receipt === undefined) return own === undefined ? 'looking' : 'none';
  const known = newest(mine?.known, answered);
  // Not in the centre yet is what "unknown" means for one's own that still lies in the outbox.
  const waiting = mine?.outbox?.state.at === 'saved' || mine?.outbox?.state.at === 'sending';
  return {
    receipt,
    own: mine !== undefined,
    outbox: mine?.outbox?.state,
    cases: known?.cases,
    asOf: known?.asOf,
    fault: waiting ? undefined : answered.fault,
    refresh,
  };
}

function newest(
  known: { readonly cases: readonly PublicStatus[]; readonly asOf: string } | undefined,
  { cases, asOf }: Answered,
) {
  if (cases === undefined || asOf === undefined) return known;
  return known === undefined || known.asOf < asOf ? { cases, asOf } : known;
}
