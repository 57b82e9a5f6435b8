import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  findPlanted,
  type LaunchedChromium,
  launchChromium,
} from '../../../tests/support/index.ts';
import type {} from './testing/realmPage.ts';
import { servePage } from './testing/servedPage.ts';

let served: Awaited<ReturnType<typeof servePage>>;
let profile: string;
let running: LaunchedChromium | undefined;

beforeAll(async () => {
  served = await servePage(join(import.meta.dirname, 'testing', 'realmPage.ts'));
});
afterAll(() => served.stop());
afterEach(async () => {
  await running?.close();
  running = undefined;
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function start(): Promise<Page> {
  running = await launchChromium({ profile });
  const page = await running.context.newPage();
  await page.goto(served.origin);
  await page.waitForFunction(() => 'realm' in window);
  return page;
}

async function newProfile(): Promise<void> {
  profile = await mkdtemp(join(tmpdir(), 'tongban-profile-'));
}

async function powerCut(): Promise<void> {
  await running?.kill();
  running = undefined;
}

const id = (digit: number) => `00000000-0000-4000-9000-00000000000${digit}`;
const planted = ['林知夏之女丁小满', 'planted-320199199001010017'];

describe('on a real disk', () => {
  test('[C1] [S5] Chromium killed with SIGKILL right after "saved": draft, file and envelope are there', async () => {
    await newProfile();
    const page = await start();
    await page.evaluate(() => window.realm.open('phone'));
    const visit = await page.evaluate(() => window.realm.openVisit());
    for (const round of [1, 2, 3]) {
      const done = await page.evaluate(
        async ([text, submission]) => [
          await window.realm.save(text as string),
          await window.realm.putFile(300_000),
          await window.realm.put(submission as string),
        ],
        [`version ${round}`, id(round)],
      );
      expect(done).toEqual(['saved', 'saved', true]);
    }
    await powerCut();

    const again = await start();
    await again.evaluate(() => window.realm.open('phone'));
    await again.evaluate((left) => window.realm.openVisit(left), visit);
    expect(await again.evaluate(() => window.realm.saved())).toBe('version 3');
    expect(await again.evaluate(() => window.realm.outbox())).toEqual([id(1), id(2), id(3)]);
  });

  test('[S1] [K2] the profile holds no value that was entered, before and after the end; in clear it holds them all', async () => {
    await newProfile();
    const page = await start();
    await page.evaluate(() => window.realm.open('kiosk'));
    const visit = await page.evaluate(() => window.realm.openVisit());
    for (const text of planted) {
      expect(await page.evaluate((value) => window.realm.save(value), text)).toBe('saved');
    }
    expect(await page.evaluate(() => window.realm.saved())).toBe(planted[1]);
    expect(await findPlanted(profile, planted)).toEqual([]);
    await page.evaluate(() => window.realm.endVisit());
    const names = await page.evaluate(() => window.realm.databases());
    expect(names.filter((name) => name.includes(visit))).toEqual([]);
    expect(names).toContain('tongban-kiosk-keys');
    await powerCut();
    expect(await findPlanted(profile, planted)).toEqual([]);

    const again = await start();
    for (const text of planted)
      await again.evaluate((value) => window.realm.saveInClear(value), text);
    await running?.close();
    running = undefined;
    const found = await findPlanted(profile, planted);
    expect(new Set(found.map(({ value }) => value))).toEqual(new Set(planted));
  });

  test('[S6] a quota that Chromium really enforces: an answer, nothing lost, and the next save succeeds', async () => {
    await newProfile();
    const page = await start();
    const session = await page.context().newCDPSession(page);
    // Before the first byte: Chromium remembers for a while how much room there was.
    const { origin } = served;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
    await page.evaluate(() => window.realm.open('phone'));
    await page.evaluate(() => window.realm.openVisit());
    expect(await page.evaluate(() => window.realm.save('before'))).toBe('saved');
    expect(await page.evaluate(() => window.realm.putFile(3_000_000))).toBe('quota-exceeded');
    expect(await page.evaluate(() => window.realm.save('x'.repeat(3_000_000)))).toBe(
      'quota-exceeded',
    );
    expect(await page.evaluate(() => window.realm.saved())).toBe('before');
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    expect(await page.evaluate(() => window.realm.save('after'))).toBe('saved');
    expect(await page.evaluate(() => window.realm.saved())).toBe('after');
    expect(await page.evaluate(() => window.realm.putFile(3_000_000))).toBe('saved');
  });
});
