/**
 * Decides how a crash is answered: reload at once, then later and later; after too many in a short time the
 * whole application starts again (systemd does the same one level up).
 */
export function createBackOff(now: () => number) {
  const window = 60_000;
  let crashes: number[] = [];
  return function next():
    | { readonly kind: 'reload'; readonly afterMs: number }
    | { readonly kind: 'relaunch' } {
    const at = now();
    crashes = [...crashes.filter((crash) => at - crash < window), at];
    if (crashes.length > 5) return { kind: 'relaunch' };
    return { kind: 'reload', afterMs: crashes.length === 1 ? 0 : 250 * 2 ** (crashes.length - 2) };
  };
}
