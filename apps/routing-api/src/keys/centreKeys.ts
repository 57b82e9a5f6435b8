import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, terminalIdOf } from '@tongban/core';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { createDurably, writeDurably } from './durableFile.ts';

interface StoredCentreKey {
  readonly madeAt: string;
  readonly jwk: JWK;
}

/** The sealing keys of a folder: the newest is given out, all of them open. */
export interface CentreKeys {
  /** Public half of the newest at the time of opening. */
  readonly newest: JWK;
  privateKey(kid: string | undefined): Promise<KeyObject | undefined>;
}

const form = /^centre-[\w-]+\.json$/;

/** Opens the sealing keys of a folder; the first is made where there is none, by one process alone. */
export async function openCentreKeys(folder: string, clock: Clock): Promise<CentreKeys> {
  const read = new Map<string, StoredCentreKey>();
  const privateKeys = new Map<string, KeyObject>();
  let reading: Promise<void> | undefined;
  let queued: Promise<void> | undefined;

  async function readNew(): Promise<void> {
    const names = (await readdir(folder)).filter((name) => form.test(name) && !read.has(name));
    for (const name of names) {
      const stored = JSON.parse(await readFile(join(folder, name), 'utf8')) as StoredCentreKey;
      const key = createPrivateKey({ key: stored.jwk as never, format: 'jwk' });
      privateKeys.set(String(stored.jwk.kid), key);
      read.set(name, stored);
    }
  }
  /** Looks into the folder from now on: one that looks already may have begun before the key was there. */
  function lookAgain(): Promise<void> {
    if (reading === undefined) {
      reading = readNew().finally(() => {
        reading = undefined;
      });
      return reading;
    }
    const after = reading;
    queued ??= after
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        return lookAgain();
      });
    return queued;
  }

  await readNew();
  if (read.size === 0) {
    await createDurably(join(folder, 'centre-first.json'), JSON.stringify(await makeKey(clock)));
    await readNew();
  }
  const newest = [...read.values()].sort((a, b) => a.madeAt.localeCompare(b.madeAt)).at(-1);
  if (newest === undefined) throw new Error('no centre key');
  return {
    newest: publicHalf(newest.jwk),
    privateKey: async (kid) => {
      if (kid === undefined) return undefined;
      // Another process may give out a key that was made since this one started.
      if (!privateKeys.has(kid)) await lookAgain();
      return privateKeys.get(kid);
    },
  };
}

/** Makes a new sealing key beside the old ones; terminals learn it at their next enrolment or settings pull. */
export async function makeCentreKey(keysFolder: string, clock: Clock): Promise<void> {
  const stored = await makeKey(clock);
  await writeDurably(join(keysFolder, `centre-${stored.jwk.kid}.json`), JSON.stringify(stored));
}

async function makeKey(clock: Clock): Promise<StoredCentreKey> {
  const { privateKey } = await generateKeyPair('ECDH-ES+A256KW', {
    crv: 'P-256',
    extractable: true,
  });
  const jwk = await exportJWK(privateKey);
  const kid = (await terminalIdOf(jwk)).slice(0, 16);
  return { madeAt: clock.now().toISOString(), jwk: { ...jwk, kid, use: 'enc' } };
}

function publicHalf({ kty, crv, x, y, kid, use }: JWK): JWK {
  return { kty, crv, x, y, kid, use } as JWK;
}
