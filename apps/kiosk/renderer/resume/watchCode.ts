import type { Clock } from '@tongban/core';
import type { Device } from '@tongban/sync';

/** Milliseconds between two looks. */
export const lookAgain = 2_500;

interface Options {
  readonly code: string;
  readonly expiresAt: string;
  readonly state: Device['handover']['state'];
  readonly clock: Clock;
}

/**
 * Looks whether somebody took a hand-over, until it is over one way or the other. The centre knows first; without a
 * line the code dies by the clock here, as it does at the centre. The answer stops the looking.
 */
export function watchCode(
  { code, expiresAt, state, clock }: Options,
  onOver: (how: 'taken' | 'expired') => void,
): () => void {
  let over = false;
  const end = (how: 'taken' | 'expired') => {
    if (over) return;
    stop();
    onOver(how);
  };
  const look = () => {
    void state(code).then((known) => {
      if (known.ok && known.value.state === 'taken') end('taken');
      else if (known.ok && known.value.state === 'expired') end('expired');
      // A request that got no answer may hang for a while: what the clock says does not wait for it.
    });
    if (clock.now().getTime() >= Date.parse(expiresAt)) end('expired');
  };
  const timer = setInterval(look, lookAgain);
  const stop = () => {
    over = true;
    clearInterval(timer);
  };
  look();
  return stop;
}
