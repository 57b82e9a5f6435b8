import { registerSW } from 'virtual:pwa-register';
import { useSyncExternalStore } from 'react';

let waiting = false;
let replace: ((reload?: boolean) => Promise<void>) | undefined;
const listeners = new Set<() => void>();

/** Registers the service worker, which makes the app start without a line from the second time on. */
export function startWorker(): void {
  replace = registerSW({
    immediate: true,
    onNeedRefresh() {
      waiting = true;
      for (const listener of listeners) listener();
    },
    onRegisterError(fault: unknown) {
      // The app works without; it only will not start without a line.
      console.warn('The service worker could not be registered.', fault);
    },
  });
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

export function takeNewVersion(): void {
  void replace?.(true);
}
