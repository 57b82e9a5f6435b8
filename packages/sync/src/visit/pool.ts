/** Something that is opened when it is used, and closed when others need its place. */
export interface Pooled<T> {
  use<R>(work: (value: T) => Promise<R>): Promise<R>;
  /** Closes it once its users have ended; a later `use` rejects. */
  close(): Promise<void>;
}

interface Opened<T> {
  readonly value: T;
  close(): Promise<void>;
}

/**
 * RxDB opens thirteen collections in a page and no more, and a phone may hold more drafts than that. So at most `most`
 * are open at a time; whoever was used least recently makes room, and where all are in use the next one waits. Work must
 * not use another member of the pool: two of them could wait for each other.
 */
export function createPool(most: number) {
  /** Least recently used first. */
  const members: { idle(): boolean; suspend(): Promise<void> }[] = [];
  const waiting: (() => void)[] = [];
  let taken = 0;

  /** Resolves when the caller may open one more. */
  async function place(): Promise<void> {
    while (taken >= most) {
      const oldest = members.find((member) => member.idle());
      if (oldest === undefined) await new Promise<void>((resolve) => waiting.push(resolve));
      else await oldest.suspend();
    }
    taken += 1;
  }

  function next(): void {
    waiting.shift()?.();
  }

  return function pooled<T>(open: () => Promise<Opened<T>>): Pooled<T> {
    let opened: Promise<Opened<T>> | undefined;
    let closing: Promise<void> = Promise.resolve();
    let users = 0;
    let closed = false;
    let lastUserLeft: (() => void) | undefined;

    const member = {
      idle: () => users === 0,
      suspend() {
        leave();
        const before = opened;
        opened = undefined;
        if (before === undefined) return closing;
        closing = before
          .then((one) => one.close())
          .finally(() => {
            taken -= 1;
            next();
          });
        return closing;
      },
    };

    function leave(): void {
      const index = members.indexOf(member);
      if (index !== -1) members.splice(index, 1);
    }

    async function connect(): Promise<Opened<T>> {
      await closing;
      await place();
      members.push(member);
      try {
        return await open();
      } catch (error) {
        leave();
        opened = undefined;
        taken -= 1;
        next();
        throw error;
      }
    }

    return {
      async use(work) {
        if (closed) throw new DOMException('Closed', 'InvalidStateError');
        users += 1;
        try {
          opened ??= connect();
          // Used last, suspended last.
          if (members.includes(member)) {
            leave();
            members.push(member);
          }
          const { value } = await opened;
          return await work(value);
        } finally {
          users -= 1;
          if (users === 0) {
            lastUserLeft?.();
            next();
          }
        }
      },
      async close() {
        closed = true;
        if (users > 0) {
          await new Promise<void>((resolve) => {
            lastUserLeft = resolve;
          });
        }
        await member.suspend();
      },
    };
  };
}
