/** Held, shared, by each window that is in the middle of something. */
const busyLock = 'tongban-phone-busy';
/** Held, shared, by each window that somebody sees. */
const seenLock = 'tongban-phone-seen';

/** Holds a lock together with whoever else does. The returned function lets go, and resolves once that has happened. */
function holding(name: string): () => Promise<void> {
  const ended = new AbortController();
  const { signal } = ended;
  const over = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const held = navigator.locks
    .request(name, { mode: 'shared', signal }, () => over)
    .catch((fault: unknown) => {
      // Let go before it was had.
      if (!signal.aborted) throw fault;
    });
  return () => {
    ended.abort();
    return held;
  };
}

export function whileBusy(): () => void {
  const letGo = holding(busyLock);
  return () => void letGo();
}

/** Says from now on, for the life of this window, whether it is seen; calls back whenever it is so no longer. */
export function watchSeen(onUnseen: () => void): void {
  let letGo: (() => Promise<void>) | undefined;
  const heed = () => {
    const before = letGo;
    const seen = document.visibilityState === 'visible';
    letGo = seen ? holding(seenLock) : undefined;
    void before?.().then(() => {
      if (!seen) onUnseen();
    });
  };
  document.addEventListener('visibilitychange', heed);
  heed();
}

/**
 * Does `work` where no window of this app is in the middle of something (`idle`), or where nobody sees one either
 * (`unseen`). Resolves with whether it was done.
 */
export async function quietly(how: 'idle' | 'unseen', work: () => void): Promise<boolean> {
  const ifFree = (name: string, then: () => Promise<boolean> | boolean) =>
    navigator.locks.request(name, { ifAvailable: true }, async (lock) => lock !== null && then());
  const done = () => {
    work();
    return true;
  };
  return ifFree(busyLock, () => (how === 'idle' ? done() : ifFree(seenLock, done)));
}
