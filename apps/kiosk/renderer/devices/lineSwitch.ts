/** A fetch whose line can be cut: every request fails as it does without a network. */
export interface LineSwitch {
  readonly fetch: typeof globalThis.fetch;
  set(connected: boolean): void;
}

export function lineSwitch(fetch: typeof globalThis.fetch): LineSwitch {
  let connected = true;
  let cut = new AbortController();
  return {
    async fetch(input, init) {
      if (!connected) throw new TypeError('The simulated line is cut');
      const signal = init?.signal ? AbortSignal.any([init.signal, cut.signal]) : cut.signal;
      return fetch(input, { ...init, signal });
    },
    set(now) {
      connected = now;
      if (now) cut = new AbortController();
      else cut.abort(new TypeError('The simulated line was cut'));
    },
  };
}
