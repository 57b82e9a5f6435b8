/** What was started, to be ended in the opposite order. */
export interface Ending {
  add(end: () => Promise<unknown> | unknown): void;
  /** Ends everything once, however often it is called; a failure of one keeps none of the others from ending. */
  run(): Promise<void>;
}

export function lastStartedFirst(onFailure: (error: unknown) => void): Ending {
  const ends: (() => Promise<unknown> | unknown)[] = [];
  let running: Promise<void> | undefined;

  async function work(): Promise<void> {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        onFailure(error);
      }
    }
  }
  return {
    add: (end) => {
      ends.push(end);
    },
    run: () => {
      running ??= work();
      return running;
    },
  };
}
