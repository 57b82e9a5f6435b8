import { createHash, randomBytes, scrypt, webcrypto } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PinFailure } from '@tongban/core';
import { sealedFiles, syncFolder } from './sealedFile.ts';

const { subtle } = webcrypto;

/** Wrong tries after which a PIN opens nothing any more. Said again here: main carries no core. */
const pinTries = 5;

/** A clerk's secret under a PIN, as it lies in its sealed file. Bytes are base64. */
interface Locked {
  readonly account: string;
  readonly salt: string;
  readonly nonce: string;
  readonly sealed: string;
  readonly tries: number;
}

export interface MainPinLock {
  set(account: string, pin: string, secret: Uint8Array): Promise<void>;
  open(
    account: string,
    pin: string,
  ): Promise<{ ok: true; value: Uint8Array } | { ok: false; error: PinFailure }>;
  accounts(): Promise<readonly string[]>;
  forget(account: string): Promise<void>;
}

/**
 * PINs of clerks, sealed twice: under the PIN (scrypt) and under the terminal's master key. The count of tries lies in
 * the same file, written and fsynced before each try: a reload, a crash of the page or a power cut gives none back.
 */
export async function openPinLock(folder: string, masterKey: Uint8Array): Promise<MainPinLock> {
  const { writeSealed, readSealed } = sealedFiles(masterKey);
  const pins = join(folder, 'pins');
  await mkdir(pins, { recursive: true, mode: 0o700 });
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: two tries that read the same count would share one. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  /** File names tell no account. */
  const placeOf = (account: string) =>
    join(pins, createHash('sha256').update(account).digest('hex').slice(0, 32));

  const write = (locked: Locked) =>
    writeSealed(placeOf(locked.account), 'pin', Buffer.from(JSON.stringify(locked)));

  async function read(place: string): Promise<Locked | undefined> {
    const json = await readSealed(place, 'pin');
    return json === undefined ? undefined : (JSON.parse(Buffer.from(json).toString()) as Locked);
  }

  return {
    set: (account, pin, secret) =>
      inTurn(async () => {
        const [salt, nonce] = [randomBytes(16), randomBytes(12)];
        const sealed = await subtle.encrypt(
          { name: 'AES-GCM', iv: nonce, additionalData: Buffer.from(account) },
          await keyOf(pin, salt),
          Buffer.from(secret),
        );
        await write({
          account,
          salt: salt.toString('base64'),
          nonce: nonce.toString('base64'),
          sealed: Buffer.from(sealed).toString('base64'),
          tries: 0,
        });
      }),
    open: (account, pin) =>
      inTurn(async () => {
        const found = await read(placeOf(account));
        if (found === undefined) return { ok: false, error: { reason: 'none' } };
        if (found.tries >= pinTries) return { ok: false, error: { reason: 'locked' } };
        const locked = { ...found, tries: found.tries + 1 };
        await write(locked);
        try {
          const secret = await subtle.decrypt(
            {
              name: 'AES-GCM',
              iv: Buffer.from(locked.nonce, 'base64'),
              additionalData: Buffer.from(account),
            },
            await keyOf(pin, Buffer.from(locked.salt, 'base64')),
            Buffer.from(locked.sealed, 'base64'),
          );
          await write({ ...locked, tries: 0 });
          return { ok: true, value: new Uint8Array(secret) };
        } catch (cause) {
          if (!(cause instanceof Error) || cause.name !== 'OperationError') throw cause;
          const left = pinTries - locked.tries;
          return {
            ok: false,
            error: left > 0 ? { reason: 'wrong-pin', left } : { reason: 'locked' },
          };
        }
      }),
    accounts: () =>
      inTurn(async () => {
        const names: string[] = [];
        for (const file of (await readdir(pins)).filter((name) => !name.endsWith('.new'))) {
          const locked = await read(join(pins, file));
          if (locked !== undefined && locked.tries < pinTries) names.push(locked.account);
        }
        return names.sort();
      }),
    forget: (account) =>
      inTurn(async () => {
        await rm(placeOf(account), { force: true });
        await syncFolder(pins);
      }),
  };
}

/** scrypt with 128 MB, about half a second here: the file alone, without the master key, is not tried quickly. */
async function keyOf(pin: string, salt: Uint8Array): Promise<webcrypto.CryptoKey> {
  const raw = await new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
  return subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
