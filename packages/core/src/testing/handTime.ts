import type { Later } from '../ports/later.ts';

/** Time that a test turns by hand. */
export interface HandTime {
  readonly later: Later;
  /** Milliseconds since the beginning. */
  now(): number;
  /** Lets so many milliseconds pass; what falls due runs in its order. */
  pass(milliseconds: number): void;
}

export function handTime(): HandTime {
  let at = 0;
  const due = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    later(milliseconds, run) {
      const one = { at: at + milliseconds, run };
      due.add(one);
      return () => void due.delete(one);
    },
    now: () => at,
    pass(milliseconds) {
      const until = at + milliseconds;
      for (;;) {
        const [next] = [...due].filter((one) => one.at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        due.delete(next);
        at = next.at;
        next.run();
      }
      at = until;
    },
  };
}
