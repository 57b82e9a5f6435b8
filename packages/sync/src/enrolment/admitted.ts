import type { LineState } from '@tongban/core';
import type { ProbedLine } from '../line/line.ts';

/**
 * The line as those see it who need to be known at the centre: `unknown` until it has answered our enrolment for the
 * first time. A device that was enrolled before passes at once.
 */
export function admittedLine(line: ProbedLine, answered: Promise<void>): ProbedLine {
  let open = false;
  const waiting = new Set<(state: LineState) => void>();
  void answered.then(() => {
    open = true;
    for (const listener of [...waiting]) listener(line.state());
    waiting.clear();
  });
  return {
    ...line,
    state: () => (open ? line.state() : { at: 'unknown' }),
    watch(listener) {
      waiting.add(listener);
      const unwatch = line.watch((state) => {
        if (open) listener(state);
      });
      return () => {
        waiting.delete(listener);
        unwatch();
      };
    },
  };
}
