let registered: Promise<ServiceWorkerRegistration | undefined> | undefined;

/**
 * Keeps the whole page in the browser, so that a screen which is loaded later, and the fresh page after a visit, are
 * there when the line is not.
 */
export function keepPage(): void {
  // Without a secure context there is none; the page says by itself what else it lacks there.
  registered ??= navigator.serviceWorker?.register('./sw.js').catch((fault: unknown) => {
    console.warn('The page could not be kept: it will not open without a line.', fault);
    return undefined;
  });
}

/** Lets a newer version that lies ready take over. Only between two visits: the screens of the older one go with it. */
export async function takeNewVersion(): Promise<void> {
  const waiting = (await registered)?.waiting;
  if (!waiting) return;
  const taken = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
  );
  waiting.postMessage({ type: 'SKIP_WAITING' });
  await taken;
}
