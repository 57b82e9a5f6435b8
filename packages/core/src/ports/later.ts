/** Runs something once after so many milliseconds; the answer calls it off. Tests hand in time that they turn themselves. */
export type Later = (milliseconds: number, run: () => void) => () => void;

export const systemLater: Later = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
