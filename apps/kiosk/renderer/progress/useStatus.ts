import type { PublicStatus, Receipt } from '@tongban/core';
import type { AskFailure } from '@tongban/sync';
import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../visit/SessionProvider.tsx';

export interface PrivateNote {
  readonly caseNumber: string;
  readonly at: string;
  readonly text: string;
}

export type Known =
  | { readonly at: 'asking' }
  | {
      readonly at: 'known';
      readonly cases: readonly PublicStatus[];
      readonly asOf: string;
      /** Answered by the centre just now; otherwise as this machine last knew it. */
      readonly fresh: boolean;
      readonly notes?: readonly PrivateNote[];
    }
  | { readonly at: 'unknown'; readonly why: AskFailure | 'not-here' };

/** Status by receipt from the centre, or as this machine last knew it. Nothing of it is written down here. */
export function useStatus(
  number: string,
  receipt: Receipt | undefined,
): {
  readonly known: Known;
  /** Asks once more with the ID number, for what the department wrote. */
  readonly open: (residentId: string) => Promise<AskFailure | undefined>;
} {
  const { terminal } = useSession();
  const { device, clock } = terminal;
  const [known, setKnown] = useState<Known>({ at: 'asking' });

  useEffect(() => {
    let gone = false;
    const say = (now: Known) => gone || setKnown(now);
    const here = async (why: AskFailure | 'not-here') => {
      const last = await device.lastKnown(number);
      say(
        last === undefined
          ? { at: 'unknown', why }
          : { at: 'known', cases: last.cases, asOf: last.asOf, fresh: false },
      );
    };
    const ask = async () => {
      if (receipt === undefined) return here('not-here');
      const answer = await device.askStatus({
        receiptNumber: receipt.number,
        secret: receipt.secret,
      });
      if (!answer.ok) return here(answer.error);
      const { cases } = answer.value;
      say({ at: 'known', cases, asOf: clock.now().toISOString(), fresh: true });
    };
    void ask();
    return () => {
      gone = true;
    };
  }, [device, clock, number, receipt]);

  const open = useCallback(
    async (residentId: string) => {
      if (receipt === undefined) return 'unknown-receipt';
      const answer = await device.askStatus({
        receiptNumber: receipt.number,
        secret: receipt.secret,
        residentId,
      });
      if (!answer.ok) return answer.error;
      const { cases, notes = [] } = answer.value;
      setKnown({ at: 'known', cases, asOf: clock.now().toISOString(), fresh: true, notes });
      return undefined;
    },
    [device, clock, receipt],
  );
  return { known, open };
}
