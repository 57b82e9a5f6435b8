import type { Device } from '@tongban/sync';
import { useEffect, useState } from 'react';

/** Milliseconds between two looks before the first contact. */
const lookAgain = 1000;

/** Who this terminal is to the centre, as soon as the centre has said so. */
export function useEnrolment(device: Device): ReturnType<Device['enrolment']> {
  const [enrolled, setEnrolled] = useState(() => device.enrolment());
  useEffect(() => {
    if (enrolled !== undefined) return;
    const timer = setInterval(() => setEnrolled(device.enrolment()), lookAgain);
    return () => clearInterval(timer);
  }, [device, enrolled]);
  return enrolled;
}
