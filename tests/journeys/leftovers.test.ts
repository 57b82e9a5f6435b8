import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  codeFilm,
  credentialOf,
  findPlanted,
  type Line,
  startLine,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { atScreen, endVisit, firstContact, openKiosk } from './hands/kiosk.ts';
import {
  agree,
  answer,
  choosePermit,
  handInBoth,
  pagesBrought,
  permit,
  review,
  showCode,
  submit,
} from './hands/permit.ts';
import { say } from './hands/words.ts';

/** Made up, and in none of the pages: what is found of her in a profile was left there by her visit. */
const person = {
  name: '欧阳晚晴',
  residentId: '320199198804233175',
  sex: '1',
  birthDate: '1988-04-23',
  ethnicity: '01',
  address: '澜州市北塔区书院街 112 号 3 幢 1204 室',
};
const address = '澜州市南湖区桂子路 77 号 5 单元 903 室';
const entered = [person.name, person.residentId, person.address, address, permit.mobile];

let tongban: Tongban;
let line: Line;
let film: string;
let brought: Awaited<ReturnType<typeof pagesBrought>>;
const profiles: string[] = [];

beforeAll(async () => {
  tongban = await startTongban();
  line = await startLine(tongban.origin);
  film = await codeFilm(await credentialOf(person));
  brought = await pagesBrought(person.name, address);
});

afterAll(async () => {
  await line?.stop();
  await tongban?.stop();
  for (const folder of [...profiles, ...(film === undefined ? [] : [dirname(film)])])
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function newProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'tongban-leftovers-'));
  profiles.push(profile);
  return profile;
}

/** What was entered and stands in the profile, however it is written there. */
async function foundIn(profile: string): Promise<readonly string[]> {
  const traces = await findPlanted(profile, entered);
  return entered.filter((value) => traces.some((trace) => trace.value === value));
}

type Kiosk = Awaited<ReturnType<typeof openKiosk>>;

/** From the home to the materials: every value was entered and saved. */
async function fillIn({ page }: Kiosk): Promise<void> {
  await choosePermit(page);
  await showCode(page);
  await agree(page);
  await answer(page, address);
}

/** AES-GCM that leaves everything as it is, so that the search can show what it would find. */
async function withoutEncryption(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { encrypt, decrypt } = SubtleCrypto.prototype;
    const tag = 16;
    const bytesOf = (data: BufferSource): Uint8Array =>
      data instanceof ArrayBuffer
        ? new Uint8Array(data)
        : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const isGcm = (algorithm: AlgorithmIdentifier): boolean =>
      typeof algorithm === 'object' && algorithm.name === 'AES-GCM';
    SubtleCrypto.prototype.encrypt = async function (algorithm, key, data) {
      if (!isGcm(algorithm)) return encrypt.call(this, algorithm, key, data);
      const plain = bytesOf(data);
      const out = new Uint8Array(plain.length + tag);
      out.set(plain);
      return out.buffer;
    };
    SubtleCrypto.prototype.decrypt = async function (algorithm, key, data) {
      if (!isGcm(algorithm)) return decrypt.call(this, algorithm, key, data);
      return bytesOf(data).slice(0, -tag).buffer;
    };
  });
}

test('a whole visit, ended by hand, leaves nothing that was entered', async () => {
  const profile = await newProfile();
  const kiosk = await openKiosk(line.origin, { film, profile });
  const { page } = kiosk;
  await firstContact(page);
  // The sealed envelope stays in the outbox: it must not be readable here either.
  line.cut();
  await fillIn(kiosk);
  await handInBoth(page, brought);
  await review(page);
  await submit(page);
  await page.getByRole('heading', { name: say('journey:receipt.heading.saved') }).waitFor();
  await endVisit(page);
  await kiosk.browser.close();
  expect(await foundIn(profile)).toEqual([]);
});

test('a visit that nobody ends is ended by the clock', async () => {
  line.restore();
  const profile = await newProfile();
  const kiosk = await openKiosk(line.origin, {
    film,
    profile,
    asksSoon: true,
    prepare: (context) => context.clock.install(),
  });
  await firstContact(kiosk.page);
  await fillIn(kiosk);
  await kiosk.page.clock.runFor(61_000);
  await kiosk.page.getByRole('heading', { name: say('kiosk:idle.heading') }).waitFor();
  await kiosk.page.clock.runFor(31_000);
  await atScreen(kiosk.page, 'home');
  await kiosk.browser.close();
  expect(await foundIn(profile)).toEqual([]);
});

test('after a power cut in the middle nothing can be read, and the next start ends the visit; with encryption off the same search finds it all', async () => {
  line.restore();
  const profile = await newProfile();
  const killed = await openKiosk(line.origin, { film, profile });
  await firstContact(killed.page);
  await fillIn(killed);
  await killed.browser.kill();
  expect(await foundIn(profile)).toEqual([]);

  const next = await openKiosk(line.origin, { film, profile });
  const names = await next.page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name ?? ''),
  );
  expect(names.filter((name) => name.includes('-visit-'))).toEqual([]);
  expect(names).toContain('tongban-kiosk-keys');
  await next.browser.close();
  expect(await foundIn(profile)).toEqual([]);

  const inClear = await newProfile();
  const plain = await openKiosk(line.origin, {
    film,
    profile: inClear,
    prepare: withoutEncryption,
  });
  await firstContact(plain.page);
  await fillIn(plain);
  await plain.browser.kill();
  expect(await foundIn(inClear)).toEqual(entered);
});
