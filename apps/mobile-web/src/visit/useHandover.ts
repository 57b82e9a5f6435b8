import type { Draft } from '@tongban/core';
import { useEffect, useState } from 'react';
import { usePhone } from '../device/PhoneState.tsx';
import { useOwnState } from '../own/OwnState.tsx';
import { go } from '../route/useRoute.ts';
import type { HandoverCode } from './ownVisits.ts';

/** Where a hand-over stands. */
export type Hand =
  | { readonly at: 'looking' }
  | { readonly at: 'ready' }
  | { readonly at: 'no-line' }
  | { readonly at: 'too-large' }
  | { readonly at: 'refused' }
  | ({ readonly at: 'waiting' } & HandoverCode)
  | { readonly at: 'taken' }
  | ({ readonly at: 'expired' } & HandoverCode)
  /** There is no such application on this phone. */
  | { readonly at: 'gone' };

/** Milliseconds between two questions whether somebody took it. */
const askEvery = 3_000;

export function useHandover(visit: string): {
  readonly draft: Draft | undefined;
  readonly hand: Hand;
  /** Seconds until the code runs out. */
  readonly left: number;
  readonly busy: boolean;
  give(): void;
  reclaim(): void;
  goOnHere(): void;
  end(): void;
} {
  const { device, visits } = usePhone();
  const own = useOwnState();
  const draft = own?.unfinished.find((one) => one.visit === visit)?.draft;
  const [busy, setBusy] = useState(false);
  const [hand, setHand] = useState<Hand>({ at: 'looking' });
  const [left, setLeft] = useState(0);
  const waiting = hand.at === 'waiting' ? hand : undefined;

  useEffect(() => {
    let gone = false;
    void visits.given(visit).then((given) => {
      if (!gone) setHand(given === undefined ? { at: 'ready' } : { at: 'waiting', ...given });
    });
    return () => {
      gone = true;
    };
  }, [visits, visit]);

  useEffect(() => {
    if (waiting === undefined) return;
    const { code, expiresAt } = waiting;
    const tick = () => {
      const seconds = Math.ceil((Date.parse(expiresAt) - Date.now()) / 1_000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) setHand({ at: 'expired', code, expiresAt });
    };
    const look = async () => {
      const state = await device.handover.state(code);
      if (state.ok && state.value.state === 'taken') setHand({ at: 'taken' });
    };
    tick();
    void look();
    const ticking = setInterval(tick, 1_000);
    const looking = setInterval(() => void look(), askEvery);
    return () => {
      clearInterval(ticking);
      clearInterval(looking);
    };
  }, [device, waiting]);

  const run = (work: () => Promise<void>) => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  };
  const toVisit = () => go({ at: 'visit', visit }, { replace: true });
  const fail = (error: string) =>
    setHand({
      at: error === 'no-line' ? 'no-line' : error === 'too-large' ? 'too-large' : 'refused',
    });

  /** Takes the code back. True when the application can be edited here again. */
  const takeBack = async (code: string): Promise<boolean> => {
    const back = await device.handover.reclaim(code);
    if (!back.ok) fail(back.error);
    else if (back.value.state === 'taken') setHand({ at: 'taken' });
    else {
      visits.changed();
      return true;
    }
    return false;
  };

  return {
    draft,
    hand: own !== undefined && draft === undefined ? { at: 'gone' } : hand,
    left,
    busy,
    give: () =>
      run(async () => {
        // A code that ran out locks the application still: back with it first.
        if (hand.at === 'expired' && !(await takeBack(hand.code))) return;
        const given = await visits.give(visit);
        if (given.ok) setHand({ at: 'waiting', ...given.value });
        else fail(given.error);
      }),
    reclaim: () =>
      run(async () => {
        if ((hand.at === 'waiting' || hand.at === 'expired') && (await takeBack(hand.code)))
          toVisit();
      }),
    goOnHere: () =>
      run(async () => {
        const back = await visits.goOnHere(visit);
        if (back.ok) toVisit();
        else fail(back.error);
      }),
    end: () => run(() => visits.end(visit).then(() => go({ at: 'home' }, { replace: true }))),
  };
}
