import { registerSW } from 'virtual:pwa-register';
import { useEffect, useSyncExternalStore } from 'react';
import { quietly, watchSeen, whileBusy } from './quiet.ts';

let waiting = false;
let replace: (() => Promise<void>) | undefined;
let look: (() => void) | undefined;
const listeners = new Set<() => void>();

/** Looked for at most so often, in ms; the browser itself looks once a day and when the app is opened. */
const lookEvery = 3_600_000;

/** Registers the service worker, which makes the app start without a line from the second time on. */
export function startWorker(): void {
  replace = registerSW({
    immediate: true,
    onNeedRefresh() {
      waiting = true;
      for (const listener of listeners) listener();
    },
    onRegisteredSW(_, registration) {
      let looked = Date.now();
      look = () => {
        if (Date.now() - looked < lookEvery) return;
        looked = Date.now();
        // Without a line there is nothing to be found; the next look may find it.
        registration?.update().catch(() => undefined);
      };
    },
    onRegisterError(fault: unknown) {
      // The app works without; it only will not start without a line.
      console.warn('The service worker could not be registered.', fault);
    },
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look?.();
  });
  // [V9] Nobody looks any more: where nobody is in the middle of something either, it changes over unseen.
  watchSeen(() => {
    if (waiting) void quietly('unseen', takeOver);
  });
}

function takeOver(): void {
  void replace?.();
}

export function useNewVersion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting,
  );
}

/** Changes over at once. False where another window is in the middle of something: it would lose what is under way. */
export function takeNewVersion(): Promise<boolean> {
  return quietly('idle', takeOver);
}

/** No new version takes over while this is on the screen. */
export function useBusy(busy: boolean): void {
  useEffect(() => (busy ? whileBusy() : undefined), [busy]);
}
