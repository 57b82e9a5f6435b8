import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { findPlanted, type LaunchedChromium, launchChromium } from '../support/index.ts';
import { type FaultyLine, startFaultyLine } from './line.ts';
import type { PageFiles } from './pageFiles.ts';
import type { Release } from './release.ts';

/** One person's or one hall's browser: a lasting profile, a line of its own, one or two tabs. */
export interface Client {
  readonly app: 'kiosk' | 'phone';
  readonly line: FaultyLine;
  /** Release of the app that the next tab is opened with. */
  release: Release;
  /** A tab that is open and has its device; `undefined` while the browser is away. */
  tab(): Page | undefined;
  readonly tabs: number;
  /** Opens the browser if need be, and a tab in it. */
  openTab(): Promise<void>;
  closeTab(): Promise<void>;
  /** SIGKILL to the whole browser. */
  kill(): Promise<void>;
  /** Ends the browser as a person does. */
  close(): Promise<void>;
  /** Room for so many bytes only; `undefined` gives all of it back. */
  quota(bytes: number | undefined): Promise<void>;
  /** Where planted values are found in the clear on its disk. */
  traces(values: readonly string[]): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function makeClient(
  app: Client['app'],
  profile: string,
  centre: string,
  files: PageFiles,
): Promise<Client> {
  const line = await startFaultyLine(centre, files);
  let browser: LaunchedChromium | undefined;
  let pages: Page[] = [];

  async function end(how: 'close' | 'kill'): Promise<void> {
    const ending = browser;
    browser = undefined;
    pages = [];
    await ending?.[how]();
  }

  const client: Client = {
    app,
    line,
    release: 'present',
    tab: () => pages.at(-1),
    get tabs() {
      return pages.length;
    },
    async openTab() {
      browser ??= await launchChromium({ profile });
      const page = await browser.context.newPage();
      await page.goto(`${line.origin}/`);
      await page.evaluate(([as, of]) => window.faults.open(as, of), [app, client.release] as const);
      pages.push(page);
    },
    async closeTab() {
      await pages.pop()?.close();
    },
    kill: () => end('kill'),
    close: () => end('close'),
    async quota(bytes) {
      const page = pages.at(-1);
      if (page === undefined) return;
      const session = await page.context().newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', {
        origin: line.origin,
        ...(bytes !== undefined && { quotaSize: bytes }),
      });
      await session.detach();
    },
    async traces(values) {
      const found = await findPlanted(profile, values);
      return found.map(({ value, file, writtenAs }) => `${value} in ${file} as ${writtenAs}`);
    },
    async remove() {
      await end('close');
      await line.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return client;
}
