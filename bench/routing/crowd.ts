/** What several workers did side by side. */
export interface Finished<T> {
  readonly results: readonly T[];
  /** From the first piece begun until the last was done. */
  readonly milliseconds: number;
}

/** Every worker takes the next piece when it has finished its last, until none is left. */
export async function inParallel<W, P, T>(
  workers: readonly W[],
  pieces: readonly P[],
  work: (worker: W, piece: P) => Promise<T>,
): Promise<Finished<T>> {
  const results: T[] = [];
  const queue = pieces.values();
  const began = performance.now();
  await Promise.all(
    workers.map(async (worker) => {
      for (const piece of queue) results.push(await work(worker, piece));
    }),
  );
  return { results, milliseconds: performance.now() - began };
}

/** Several turns as one. */
export function together<T>(turns: readonly Finished<T>[]): Finished<T> {
  return {
    results: turns.flatMap(({ results }) => results),
    milliseconds: turns.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  };
}

/** Pieces a second. */
export function rateOf({ results, milliseconds }: Finished<unknown>): number {
  return (results.length / milliseconds) * 1000;
}
