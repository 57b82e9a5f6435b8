import { useEffect } from 'react';
import { usePresence, useSession, useVisitState } from '../visit/SessionProvider.tsx';

/** Passes every touch and key to the presence; says whether the screen must ask. */
export function useWatch(): boolean {
  const { presence, visit } = useSession();
  const state = usePresence();
  const at = useVisitState();
  const home = at.matches('home');
  const over = at.matches('ending') || at.matches('ended');
  const asked = state.matches('asked');

  useEffect(() => {
    const onTouch = () => {
      // While it asks, only the answer counts: a sleeve on the glass is nobody.
      if (presence.getSnapshot().matches('here')) presence.send({ type: 'touch' });
    };
    const options = { capture: true, passive: true };
    for (const kind of ['pointerdown', 'keydown', 'wheel'] as const)
      addEventListener(kind, onTouch, options);
    return () => {
      for (const kind of ['pointerdown', 'keydown', 'wheel'] as const)
        removeEventListener(kind, onTouch, options);
    };
  }, [presence]);

  // Nobody's visit is at the home: what was set there goes without asking.
  useEffect(() => {
    if (asked && home) visit.send({ type: 'end' });
  }, [asked, home, visit]);

  return asked && !home && !over;
}
