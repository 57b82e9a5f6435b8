import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, terminalIdOf } from '@tongban/core';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { writeDurably } from './durableFile.ts';

/**
 * The centre's keys. They lie in the data folder and never in the database: who has only the database, or its backup,
 * reads no name and no number in it.
 */
export interface Keyring {
  /** Public encryption key that terminals seal to; the newest. */
  readonly centreKey: JWK;
  /** Private key of one sealing key; old ones are kept longer than the longest offline time. */
  privateKey(kid: string | undefined): Promise<CryptoKey | undefined>;
  /** AES-256-GCM under the storage key; `place` binds the result to where it is stored. */
  encrypt(place: string, text: string): Buffer;
  /** Inverse of `encrypt`; throws when altered or moved. */
  decrypt(place: string, sealed: Buffer): string;
  /** Keyed hash (HMAC-SHA-256) to find or compare a value without storing it. */
  token(kind: 'person' | 'name' | 'secret', value: string): string;
}

interface StoredCentreKey {
  readonly madeAt: string;
  readonly jwk: JWK;
}

const folderOf = (dataFolder: string) => join(dataFolder, 'keys');

/** Opens the keys of a data folder, making them on first use. */
export async function openKeyring(dataFolder: string, clock: Clock): Promise<Keyring> {
  const folder = folderOf(dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const storageKey = await secretIn(folder, 'storage.key');
  const indexKey = await secretIn(folder, 'index.key');
  let stored = await centreKeysIn(folder);
  if (stored.length === 0) {
    await makeCentreKey(folder, clock);
    stored = await centreKeysIn(folder);
  }
  const newest = stored.at(-1)?.jwk;
  if (newest === undefined) throw new Error('no centre key');
  const privateKeys = new Map<string, CryptoKey>();
  for (const { jwk } of stored) {
    privateKeys.set(String(jwk.kid), (await importJWK(jwk, 'ECDH-ES+A256KW')) as CryptoKey);
  }
  return {
    centreKey: publicHalf(newest),
    privateKey: async (kid) => (kid === undefined ? undefined : privateKeys.get(kid)),
    encrypt: (place, text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', storageKey, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(1), nonce, body, cipher.getAuthTag()]);
    },
    decrypt: (place, sealed) => {
      if (sealed[0] !== 1) throw new Error('sealed under an unknown form');
      const decipher = createDecipheriv('aes-256-gcm', storageKey, sealed.subarray(1, 13))
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(13, -16)), decipher.final()]).toString(
        'utf8',
      );
    },
    token: (kind, value) =>
      createHmac('sha256', indexKey)
        .update(`${kind}\n${value.normalize('NFC')}`)
        .digest('base64url'),
  };
}

/** Makes a new sealing key beside the old ones; terminals learn it at their next enrolment or settings pull. */
export async function makeCentreKey(keysFolder: string, clock: Clock): Promise<void> {
  const { privateKey } = await generateKeyPair('ECDH-ES+A256KW', {
    crv: 'P-256',
    extractable: true,
  });
  const jwk = await exportJWK(privateKey);
  const kid = (await terminalIdOf(jwk)).slice(0, 16);
  const stored: StoredCentreKey = {
    madeAt: clock.now().toISOString(),
    jwk: { ...jwk, kid, use: 'enc' },
  };
  await writeDurably(join(keysFolder, `centre-${kid}.json`), JSON.stringify(stored));
}

/** Adds a sealing key to a data folder; the running centre offers it from its next start. */
export async function rotateCentreKey(dataFolder: string, clock: Clock): Promise<void> {
  await makeCentreKey(folderOf(dataFolder), clock);
}

async function centreKeysIn(folder: string): Promise<StoredCentreKey[]> {
  const names = (await readdir(folder)).filter((name) => /^centre-[\w-]+\.json$/.test(name));
  const keys = await Promise.all(
    names.map(
      async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as StoredCentreKey,
    ),
  );
  return keys.sort((a, b) => a.madeAt.localeCompare(b.madeAt));
}

async function secretIn(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name);
  try {
    const key = Buffer.from(await readFile(path, 'utf8'), 'base64url');
    if (key.length !== 32) throw new Error(`${name} is damaged`);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(32);
  await writeDurably(path, key.toString('base64url'));
  return key;
}

function publicHalf({ kty, crv, x, y, kid, use }: JWK): JWK {
  return { kty, crv, x, y, kid, use } as JWK;
}
