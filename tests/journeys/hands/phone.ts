import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type LaunchedChromium, launchChromium, people } from '../../support/index.ts';
import { atScreen } from './kiosk.ts';
import { agree, permit } from './permit.ts';
import { answerQuestions } from './questions.ts';

export interface PhoneInBrowser {
  readonly browser: LaunchedChromium;
  readonly page: Page;
}

/** Starts a browser as a phone, up to its home; its camera sees the film. */
export async function openPhone(origin: string, film?: string): Promise<PhoneInBrowser> {
  const browser = await launchChromium({
    ...(film !== undefined && { fakeCapture: film }),
    context: {
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    },
  });
  browser.context.setDefaultTimeout(30_000);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  await page.goto(`${origin}/phone/`);
  await atScreen(page, 'home');
  return { browser, page };
}

/** Waits until the whole app lies on the phone, so that the line may go. */
export async function appKept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Waits until the font of the papers lies on the phone too; an open application fetches it. */
export async function fontKept(page: Page): Promise<void> {
  const kept = () =>
    page.evaluate(async () => (await (await caches.open('paper-font')).keys()).length);
  await expect.poll(kept, { timeout: 30_000 }).toBe(1);
}

/** Begins a residence permit by its address, as a link from elsewhere does. */
export async function beginPermit(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/phone/begin/item/residence-permit`);
  await atScreen(page, 'identity');
}

/** Whoever has said who they are agrees, and answers everything. */
export async function fillPermit(page: Page): Promise<void> {
  await agree(page);
  await answerQuestions(page, {
    'applicant.ethnicity': people.xiaohe.ethnicity,
    'applicant.registeredAddress': people.xiaohe.address,
    'residence.street': '320199101000',
    'residence.address': permit.address,
    'residence.since': permit.since.join('-'),
    'residence.housing': 'rented',
    'residence.basis': 'home',
    'applicant.mobile': permit.mobile,
    'result.delivery': 'window',
  });
  await atScreen(page, 'materials');
}
