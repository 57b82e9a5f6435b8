import { useEffect, useState } from 'react';
import { usePhone } from '../device/PhoneState.tsx';
import { findTwins, type Twins } from './twins.ts';

/** The two copies of one application, as they lie on the disk now; `undefined` until that was looked up. */
export function useTwins(visit: string): Twins | 'none' | undefined {
  const { visits } = usePhone();
  const [twins, setTwins] = useState<Twins | 'none'>();
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const { unfinished } = await visits.own();
      if (!gone) setTwins(findTwins(unfinished, visit) ?? 'none');
    };
    void look();
    const stop = visits.watch(() => void look());
    return () => {
      gone = true;
      stop();
    };
  }, [visits, visit]);
  return twins;
}
