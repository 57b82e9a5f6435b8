import type { BrowserContext, Page } from 'playwright-core';
import { type LaunchedChromium, launchChromium } from '../../support/index.ts';
import { say } from './words.ts';

/** A browser that shows the kiosk's page on a screen as kiosks have it. */
export interface KioskInBrowser {
  readonly browser: LaunchedChromium;
  readonly page: Page;
}

interface KioskOptions {
  /** What the camera sees. */
  readonly film?: string;
  /** A profile to open again; without it a new one that goes with the browser. */
  readonly profile?: string;
  /** What is changed in the browser before the page is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
  /** Asks after a minute whether somebody is there, as in a hall; else a slow machine has all the time it needs. */
  readonly asksSoon?: boolean;
  /** With the hands for the simulated devices beside the screen. */
  readonly panel?: boolean;
}

/** Starts a browser as a kiosk, up to its home. */
export async function openKiosk(
  origin: string,
  { film, profile, prepare, asksSoon = false, panel = false }: KioskOptions = {},
): Promise<KioskInBrowser> {
  const browser = await launchChromium({
    context: {
      viewport: { width: 1080, height: 1920 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
    ...(film !== undefined && { fakeCapture: film }),
    ...(profile !== undefined && { profile }),
  });
  browser.context.setDefaultTimeout(30_000);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  await prepare?.(browser.context);
  const asked = new URLSearchParams({
    ...(!asksSoon && { idle: '900' }),
    ...(panel && { panel: '' }),
  });
  await page.goto(`${origin}/kiosk/?${asked}`);
  await atScreen(page, 'home');
  return { browser, page };
}

/** Waits for the first contact: the centre has said who this kiosk is, and the browser has kept the whole page. */
export async function firstContact(page: Page): Promise<void> {
  await page.getByText('南湖区政务服务大厅').waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Waits until the screen of this name stands. */
export async function atScreen(page: Page, name: string): Promise<void> {
  try {
    await page.locator(`[data-screen="${name}"]`).waitFor();
  } catch (cause) {
    const shown = (await page.locator('body').textContent())?.slice(0, 500);
    throw new Error(`The screen “${name}” did not come. Instead: ${shown}`, { cause });
  }
}

/** Touches the button that is called so, or whose name begins so. */
export async function touch(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).click();
}

/** Ends the visit, from wherever it is, and waits for the home. */
export async function endVisit(page: Page): Promise<void> {
  await page.getByRole('button', { name: say('common:nav.end'), exact: true }).click();
  await atScreen(page, 'home');
}
