import { type ChromiumOptions, launchChromium } from '../../tests/support/index.ts';

declare global {
  interface Window {
    /** Milliseconds from the start of navigation; set by the script that `timeToHome` adds. */
    homeAt?: number;
  }
}

const patience = 60_000;

export interface Home extends ChromiumOptions {
  /** Selector of a control on the home screen that leads to another one. */
  readonly way: string;
  /** How many times slower than this machine the page's processor shall be. */
  readonly slowdown?: number;
}

/**
 * Starts a browser and opens `url` in it. Gives milliseconds from the start of navigation until the home screen is
 * painted and the page takes input again. Throws when its `way` then leads nowhere.
 */
export async function timeToHome(url: string, home: Home): Promise<number> {
  const chromium = await launchChromium(home);
  try {
    const page = await chromium.context.newPage();
    if (home.slowdown !== undefined) {
      const session = await chromium.context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: home.slowdown });
    }
    await page.addInitScript(watchForHome);
    await page.goto(url, { waitUntil: 'commit' });
    const reached = await page.waitForFunction(() => window.homeAt, undefined, {
      timeout: patience,
    });
    const milliseconds = await reached.jsonValue();
    if (milliseconds === undefined) throw new Error(`${url} showed no home.`);
    await page.locator('[data-screen="home"]').locator(home.way).first().click();
    await page.waitForSelector('[data-screen]:not([data-screen="home"])', { timeout: patience });
    return milliseconds;
  } finally {
    await chromium.close();
  }
}

/** Runs in the page, before its own scripts. */
export function watchForHome(): void {
  const homeThere = (): boolean =>
    document.querySelector('[data-screen="home"] :is(a[href], button:enabled)') !== null;
  const watcher = new MutationObserver(() => {
    if (!homeThere()) return;
    watcher.disconnect();
    // The frame with it in, then the first task after that frame.
    requestAnimationFrame(() => {
      const next = new MessageChannel();
      next.port1.onmessage = () => {
        window.homeAt = performance.now();
      };
      next.port2.postMessage(undefined);
    });
  });
  watcher.observe(document, { childList: true, subtree: true, attributes: true });
}
