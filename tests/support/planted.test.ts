import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { findPlanted } from './planted.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-planted-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the search for planted values', () => {
  const value = '南京市建邺区云锦路五号';

  test.each([
    ['UTF-8', Buffer.from(`地址：${value}。`)],
    ['UTF-16LE', Buffer.from(`x${value}`, 'utf16le')],
    ['Base64, 0 bytes in', Buffer.from(Buffer.from(`${value}。`).toString('base64'))],
    ['Base64, 1 bytes in', Buffer.from(Buffer.from(`a${value}b`).toString('base64'))],
    ['Base64, 2 bytes in', Buffer.from(Buffer.from(`ab${value}`).toString('base64url'))],
  ])('finds a value written as %s', async (writtenAs, bytes) => {
    await writeFile(join(folder, 'file'), bytes);
    expect(await findPlanted(folder, [value])).toEqual([{ value, file: 'file', writtenAs }]);
  });

  test('finds a value inside gzip', async () => {
    await writeFile(
      join(folder, 'cached'),
      Buffer.concat([Buffer.from('header'), gzipSync(value)]),
    );
    expect(await findPlanted(folder, [value])).toHaveLength(1);
  });

  test('finds nothing where nothing is, and refuses what chance could write', async () => {
    await writeFile(join(folder, 'file'), Buffer.from('南京市建邺区云锦路六号'));
    expect(await findPlanted(folder, [value])).toEqual([]);
    await expect(findPlanted(folder, ['1234'])).rejects.toThrow(/too short/);
  });
});

describe('the search in a real profile', { timeout: 60_000 }, () => {
  const inLog = '丁小禾住在云锦路五号';
  const inTable = '林知夏出生在本市的妇幼保健院';
  const packed = '林远舟的手机号码是虚构的';
  const stored = 'kept-in-local-storage-20261123';

  test('finds what IndexedDB and local storage wrote, packed or not', async () => {
    const browser = await launchChromium({ profile: folder });
    const page = await browser.context.newPage();
    // A page from a made-up host that the test itself answers: storage needs an origin.
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
    await page.goto('http://tongban.test/');
    await page.evaluate(
      async ({ inLog, inTable, packed, stored }) => {
        localStorage.setItem('k', stored);
        // Halves first, the whole last: Snappy writes the whole as two references, so that it stands
        // nowhere in the bytes as they lie.
        const scattered = (text: string): string => {
          const middle = text.length / 2;
          return `1234${text.slice(0, middle)}5678${text.slice(middle)}9012${text}3456`;
        };
        const opened = indexedDB.open('trial', 1);
        opened.onupgradeneeded = () => opened.result.createObjectStore('rows');
        await new Promise((resolve) => {
          opened.onsuccess = resolve;
        });
        const put = (key: string, row: unknown): Promise<void> =>
          new Promise((resolve, reject) => {
            const change = opened.result.transaction('rows', 'readwrite', { durability: 'strict' });
            change.objectStore('rows').put(row, key);
            change.oncomplete = () => resolve();
            change.onerror = () => reject(change.error);
          });
        await put('table', { note: scattered(inTable) });
        // More than LevelDB keeps in its log: what came first moves to a table, in Snappy blocks.
        const filler = (salt: number): string =>
          Array.from({ length: 3_000 }, (_, at) => (at * 7919 + salt).toString(36)).join('');
        for (let round = 0; round < 500; round += 1) await put(`f${round}`, filler(round));
        await put('packed', { note: `${'。'.repeat(60_000)}${scattered(packed)}` });
        await put('log', { note: inLog });
        opened.result.close();
      },
      { inLog, inTable, packed, stored },
    );
    await browser.close();

    const traces = await findPlanted(folder, [inLog, inTable, packed, stored]);
    const where = (value: string): string[] =>
      traces.filter((trace) => trace.value === value).map(({ file }) => file);
    expect(where(inLog).join()).toMatch(/IndexedDB.*\.log/);
    expect(where(inTable).join()).toMatch(/IndexedDB.*\.ldb/);
    expect(where(packed).join()).toMatch(/IndexedDB/);
    expect(where(stored).join()).toMatch(/Local Storage/);
    const raw = await asTheyLie(folder);
    expect(raw.includes(Buffer.from(inLog, 'utf16le'))).toBe(true);
    expect(raw.includes(Buffer.from(inTable, 'utf16le'))).toBe(false);
    expect(raw.includes(Buffer.from(packed, 'utf16le'))).toBe(false);
    expect(await findPlanted(folder, ['丁国安从未写下这一句'])).toEqual([]);
  });
});

async function asTheyLie(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(
    await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name)))),
  );
}
