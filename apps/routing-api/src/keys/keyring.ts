import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@tongban/core';
import type { JWK } from 'jose';
import { makeCentreKey, openCentreKeys } from './centreKeys.ts';
import { createDurably } from './durableFile.ts';

/**
 * The centre's keys. They lie in the data folder and never in the database: who has only the database, or its backup,
 * reads no name and no number in it.
 */
export interface Keyring {
  /** Public encryption key that terminals seal to; the newest. */
  readonly centreKey: JWK;
  /** Private key of one sealing key; old ones are kept longer than the longest offline time. */
  privateKey(kid: string | undefined): Promise<KeyObject | undefined>;
  /** AES-256-GCM under the storage key; `place` binds the result to where it is stored. */
  encrypt(place: string, text: string): Buffer;
  /** Inverse of `encrypt`; throws when altered or moved. */
  decrypt(place: string, sealed: Buffer): string;
  /** Keyed hash (HMAC-SHA-256) to find or compare a value without storing it. */
  token(kind: 'person' | 'name' | 'secret', value: string): string;
}

const folderOf = (dataFolder: string) => join(dataFolder, 'keys');

/** Opens the keys of a data folder, making them on first use. */
export async function openKeyring(dataFolder: string, clock: Clock): Promise<Keyring> {
  const folder = folderOf(dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const storageKey = await secretIn(folder, 'storage.key');
  const indexKey = await secretIn(folder, 'index.key');
  const sealing = await openCentreKeys(folder, clock);
  return {
    centreKey: sealing.newest,
    privateKey: sealing.privateKey,
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

/** Adds a sealing key to a data folder; the running centre offers it from its next start. */
export async function rotateCentreKey(dataFolder: string, clock: Clock): Promise<void> {
  await makeCentreKey(folderOf(dataFolder), clock);
}

/** One secret for all processes: the first that stands is everybody's, or what one encrypts no other could read. */
async function secretIn(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name);
  const text =
    (await readIfThere(path)) ?? (await createDurably(path, randomBytes(32).toString('base64url')));
  const key = Buffer.from(text, 'base64url');
  if (key.length !== 32) throw new Error(`${name} is damaged`);
  return key;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
