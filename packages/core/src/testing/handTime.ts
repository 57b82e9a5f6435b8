import type { Timer } from '../ports/timer.ts';

/** Time that a test turns by hand, for what waits and does nothing else: `pass` returns when all that fell due has run. */
export interface HandTime {
  readonly timer: Timer;
  /** Milliseconds since the beginning. */
  now(): number;
  /** Lets so many milliseconds pass; what falls due runs in its order. */
  pass(milliseconds: number): void;
}

export function handTime(): HandTime {
  let at = 0;
  const due = new Set<{ readonly at: number; readonly then: () => void }>();
  return {
    timer: {
      after(ms, then) {
        const one = { at: at + ms, then };
        due.add(one);
        return () => void due.delete(one);
      },
    },
    now: () => at,
    pass(milliseconds) {
      const until = at + milliseconds;
      for (;;) {
        const [next] = [...due].filter((one) => one.at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        due.delete(next);
        at = next.at;
        next.then();
      }
      at = until;
    },
  };
}
