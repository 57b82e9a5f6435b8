import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTongban, type Tongban } from '../support/index.ts';
import { chromiumPath, which } from '../support/programs.ts';
import { type Client, makeClient } from './client.ts';
import { buildPageFiles } from './pageFiles.ts';

/** A killed process leaves its writes with the system; only fdatasync puts them beyond a power cut. So it is counted. */
const saves = 12;

let folder: string;
let calls: string;
let tongban: Tongban;
let page: Awaited<ReturnType<typeof buildPageFiles>>;
let client: Client;
const { CHROMIUM } = process.env;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-durable-'));
  calls = join(folder, 'calls');
  const traced = join(folder, 'chromium');
  await writeFile(
    traced,
    `#!/bin/sh\nexec ${which('strace')} --follow-forks --quiet=all --trace=fdatasync,fsync --output=${calls} ${chromiumPath()} "$@"\n`,
  );
  await chmod(traced, 0o755);
  process.env.CHROMIUM = traced;
  [tongban, page] = await Promise.all([startTongban(), buildPageFiles()]);
  client = await makeClient('phone', join(folder, 'profile'), tongban.origin, page.files);
  await client.openTab();
  await tab().waitForFunction(() => window.faults.ready());
  await tab().evaluate(() => window.faults.visit());
  // The first draft makes its database, which is synced for reasons of its own.
  await tab().evaluate(() => window.faults.edit('桂子路 1 号'));
});

afterAll(async () => {
  if (CHROMIUM === undefined) delete process.env.CHROMIUM;
  else process.env.CHROMIUM = CHROMIUM;
  await client?.remove();
  await tongban?.stop();
  await page?.remove();
  await rm(folder, { recursive: true, force: true });
});

function tab(): Page {
  const found = client.tab();
  if (found === undefined) throw new Error('There is no tab.');
  return found;
}

/** Calls of fdatasync and fsync, by the whole browser, while `work` ran. */
async function syncsDuring(work: () => Promise<unknown>): Promise<number> {
  const count = async () =>
    (await readFile(calls, 'utf8')).match(/(?:fdatasync|fsync)\(/g)?.length ?? 0;
  const before = await count();
  await work();
  return (await count()) - before;
}

test('[S5] [C1] every acknowledged save has reached the disk, not only the system', async () => {
  const drafts = await syncsDuring(() =>
    tab().evaluate(async (times) => {
      for (let each = 0; each < times; each += 1) await window.faults.edit(`桂子路 ${each} 号`);
    }, saves),
  );
  expect(drafts).toBeGreaterThanOrEqual(saves);
  // Without a line nothing is written but what is put.
  client.line.fate = () => ({ kind: 'gateway' });
  const envelopes = await syncsDuring(() =>
    tab().evaluate(async (times) => {
      for (let each = 0; each < times; each += 1)
        await window.faults.submit({
          name: '丁小禾',
          residentId: '320199199403120027',
          address: '',
          files: [900],
        });
    }, saves),
  );
  expect(envelopes).toBeGreaterThanOrEqual(saves);
});

test('[S5] the same count shows that a browser left to itself does not do so', async () => {
  const relaxed = await syncsDuring(() =>
    tab().evaluate(async (times) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('left-to-itself', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (let each = 0; each < times; each += 1) {
        const writing = database.transaction('rows', 'readwrite', { durability: 'relaxed' });
        writing.objectStore('rows').put('text', each);
        await new Promise((resolve) => {
          writing.oncomplete = resolve;
        });
      }
      database.close();
    }, 10 * saves),
  );
  expect(relaxed).toBeLessThan(10 * saves);
});
