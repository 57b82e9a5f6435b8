import type { Draft } from '@tongban/core';
import { useEffect, useState } from 'react';
import { usePhone } from '../device/PhoneState.tsx';
import { useOwnState } from '../own/OwnState.tsx';
import { go } from '../route/useRoute.ts';
import { forgetCode, rememberCode, rememberedCode } from './handoverCode.ts';

/** Where a hand-over stands. */
export type Hand =
  | { readonly at: 'ready' }
  | { readonly at: 'no-line' }
  | { readonly at: 'waiting'; readonly code: string; readonly expiresAt: string }
  /** Given away before this page stood; its code is not known here any more. */
  | { readonly at: 'away' }
  | { readonly at: 'taken' }
  | { readonly at: 'expired' }
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
  end(): void;
} {
  const { device, visits } = usePhone();
  const own = useOwnState();
  const draft = own?.unfinished.find((one) => one.visit === visit)?.draft;
  const [busy, setBusy] = useState(false);
  const [hand, setHand] = useState<Hand>(() => {
    const code = rememberedCode(visit);
    return code === undefined ? { at: 'ready' } : { at: 'waiting', ...code };
  });
  const [left, setLeft] = useState(0);
  const waiting = hand.at === 'waiting' ? hand : undefined;

  useEffect(() => {
    if (waiting === undefined) return;
    const tick = () => {
      const seconds = Math.ceil((Date.parse(waiting.expiresAt) - Date.now()) / 1_000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) {
        forgetCode(visit);
        setHand({ at: 'expired' });
      }
    };
    const look = async () => {
      const state = await device.handover.state(waiting.code);
      if (state.ok && state.value.state === 'taken') setHand({ at: 'taken' });
    };
    tick();
    const ticking = setInterval(tick, 1_000);
    const looking = setInterval(() => void look(), askEvery);
    return () => {
      clearInterval(ticking);
      clearInterval(looking);
    };
  }, [device, visit, waiting]);

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    await work();
    setBusy(false);
  };

  return {
    draft,
    hand: shown(hand, draft, own === undefined),
    left,
    busy,
    give: () =>
      void run(async () => {
        const given = await visits.give(visit);
        if (given === undefined) return setHand({ at: 'gone' });
        if (!given.ok) return setHand({ at: 'no-line' });
        rememberCode(visit, given.value);
        setHand({ at: 'waiting', ...given.value });
      }),
    reclaim: () =>
      void run(async () => {
        const code = rememberedCode(visit)?.code;
        const state = code === undefined ? undefined : await device.handover.reclaim(code);
        if (state?.ok && state.value.state === 'taken') return setHand({ at: 'taken' });
        if (state !== undefined && !state.ok && hand.at !== 'expired')
          return setHand({ at: 'no-line' });
        await visits.takeBack(visit);
        forgetCode(visit);
        go({ at: 'visit', visit }, { replace: true });
      }),
    end: () =>
      void visits.end(visit).then(() => {
        forgetCode(visit);
        go({ at: 'home' }, { replace: true });
      }),
  };
}

function shown(hand: Hand, draft: Draft | undefined, looking: boolean): Hand {
  if (draft === undefined) return looking || hand.at === 'taken' ? hand : { at: 'gone' };
  return hand.at === 'ready' && draft.handedOverAt !== undefined ? { at: 'away' } : hand;
}
