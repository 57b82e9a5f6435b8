import { useSyncExternalStore } from 'react';
import { pathOf, type Route, routeOf } from './route.ts';

/** What this app writes into the browser's history: how many of its own screens lie behind. */
interface Trail {
  readonly depth: number;
}

const listeners = new Set<() => void>();

function watch(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

function depth(): number {
  return (history.state as Trail | null)?.depth ?? 0;
}

/** Goes to a screen. `replace` leaves no way back to the present one. */
export function go(route: Route, options: { readonly replace?: boolean } = {}): void {
  const path = pathOf(route);
  if (options.replace) history.replaceState({ depth: depth() } satisfies Trail, '', path);
  else history.pushState({ depth: depth() + 1 } satisfies Trail, '', path);
  for (const listener of listeners) listener();
}

/** One screen back; from a screen opened by its address, home. */
export function back(): void {
  if (depth() > 0) history.back();
  else go({ at: 'home' }, { replace: true });
}

/** Where the person is. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(watch, () => location.pathname));
}
