import type { Realm } from './realm.ts';

export interface OtherTab {
  readonly realm: Realm;
  /** The tab is gone from one moment to the next, whatever it was doing. */
  kill(): void;
}

/** A second tab in the same browser. */
export async function openOtherTab(): Promise<OtherTab> {
  const frame = document.createElement('iframe');
  const module = new URL('./realm.ts', import.meta.url).href;
  const ready = Promise.withResolvers<Realm>();
  (globalThis as unknown as Record<string, unknown>).realmReady = ready.resolve;
  frame.srcdoc = `<!doctype html><script type="module">
    import { makeRealm } from ${JSON.stringify(module)};
    const { resolve } = { resolve: parent.realmReady };
    resolve(makeRealm());
  </script>`;
  document.body.append(frame);
  const realm = await ready.promise;
  return { realm, kill: () => frame.remove() };
}
