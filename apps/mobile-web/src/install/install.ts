import { useSyncExternalStore } from 'react';

/** Chromium's event, which no standard describes yet. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/** `by-hand`: an iPhone, where only the person can do it, from the share menu. */
export type Install = 'no' | 'offered' | 'by-hand';

let offer: InstallPrompt | undefined;
const listeners = new Set<() => void>();

function changed(next: InstallPrompt | undefined): void {
  offer = next;
  for (const listener of listeners) listener();
}

/** Call before the first screen: the browser makes its offer early, and once. */
export function awaitInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    changed(event as InstallPrompt);
  });
  addEventListener('appinstalled', () => changed(undefined));
}

export function useInstall(): Install {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => {
      if (matchMedia('(display-mode: standalone)').matches) return 'no';
      if (offer !== undefined) return 'offered';
      return /iPhone|iPad/.test(navigator.userAgent) ? 'by-hand' : 'no';
    },
  );
}

export async function askToInstall(): Promise<void> {
  const asked = offer;
  changed(undefined);
  await asked?.prompt();
}
