/** Runs `work`, keeps how long it took under `name`, and gives back what it gave. */
export type Stopwatch<Name extends string> = <T>(
  name: Name,
  work: () => T | Promise<T>,
) => Promise<T>;

/**
 * Repeats a round in which everything that is compared has its turn, so that what disturbs the machine disturbs all of
 * it alike. Gives milliseconds by name, in the order they were taken; the rounds of the warm-up are not among them.
 * Runs in Node and in a page.
 */
export async function inRounds<Name extends string>(
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
  round: (time: Stopwatch<Name>, index: number) => Promise<void>,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const taken = new Map<Name, number[]>();
  for (let index = -warmUp; index < rounds; index += 1) {
    await round(async (name, work) => {
      const began = performance.now();
      const result = await work();
      const milliseconds = performance.now() - began;
      if (index >= 0) taken.set(name, [...(taken.get(name) ?? []), milliseconds]);
      return result;
    }, index);
  }
  return Object.fromEntries(taken) as Record<Name, number[]>;
}
