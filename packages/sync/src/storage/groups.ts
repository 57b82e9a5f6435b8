/**
 * Work on rows of which the disk does one piece at a time. What is asked for meanwhile goes into the next piece together,
 * in the order of asking and one change a row: the disk is waited for once. `write` takes out of the group what it has
 * answered. Where it throws, those that have no answer yet are tried each by itself: only one of them may be what the
 * disk refuses.
 */
export function inGroups<T extends { readonly id: string }>(
  write: (group: Set<T>) => Promise<void>,
  fail: (asked: T, error: unknown) => void,
): (asked: T) => void {
  let waiting: T[] = [];
  let writing = false;

  async function work(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = new Set(firstOfEach(waiting));
      waiting = waiting.filter((asked) => !group.has(asked));
      try {
        await write(group);
      } catch (error) {
        const [only, ...others] = group;
        if (only !== undefined && others.length === 0) fail(only, error);
        else
          for (const asked of [...group])
            await write(new Set([asked])).catch((why: unknown) => fail(asked, why));
      }
    }
    writing = false;
  }

  return (asked) => {
    waiting.push(asked);
    if (!writing) void work();
  };
}

/** The next change of a row is made of what the first leaves. */
function firstOfEach<T extends { readonly id: string }>(all: readonly T[]): Iterable<T> {
  const first = new Map<string, T>();
  for (const one of all) if (!first.has(one.id)) first.set(one.id, one);
  return first.values();
}
