/**
 * Calls `end` at the first SIGINT, SIGTERM or SIGHUP. Ctrl-C reaches this process several times over (from
 * the terminal, from npm and from the bootstrap), so what follows within a second is the same wish; a signal
 * after that means it, and `force` is called. So it is when `end` has not finished after `seconds`.
 */
export function endOnSignal(options: {
  readonly end: () => Promise<void>;
  readonly force: () => void;
  readonly seconds: number;
}): void {
  let asked: number | undefined;
  const onSignal = (): void => {
    if (asked !== undefined) {
      if (performance.now() - asked > 1_000) options.force();
      return;
    }
    asked = performance.now();
    setTimeout(options.force, options.seconds * 1_000).unref();
    void options.end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}
