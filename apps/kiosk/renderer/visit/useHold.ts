import type { Hold } from '@tongban/ui';
import { useEffect } from 'react';
import { useSession } from './SessionProvider.tsx';

/** Lengthens the waiting for a touch for as long as the screen stands. */
export function useHold(why: Hold): void {
  const { presence } = useSession();
  useEffect(() => {
    presence.send({ type: 'hold', why });
    return () => presence.send({ type: 'release', why });
  }, [presence, why]);
}
