import { err, ok, type PinLock, pinTries, utf8 } from '@tongban/core';
import { openByteDatabase } from '../storage/bytes.ts';
import { type App, pinDatabase } from '../storage/names.ts';

interface Locked {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
  /** Tries begun since the last right one. */
  readonly tries: number;
}

const pins = 'pins';
/** OWASP's figure for PBKDF2 with SHA-256. */
const iterations = 600_000;

/**
 * PINs in IndexedDB, with strict durability: the count is on the disk before a try is made. A demonstration, since
 * whoever has the unlocked disk can copy the database, and try as often as they like.
 */
export async function browserPinLock(
  app: App,
  indexedDB: IDBFactory = globalThis.indexedDB,
): Promise<PinLock> {
  const database = await openByteDatabase(indexedDB, pinDatabase(app), [pins]);
  const read = (account: string) =>
    database.read<Locked | undefined>(pins, (store) => store.get(account));

  /** Counts a try, one transaction for looking and writing; `undefined` where no more may be made. */
  async function count(account: string): Promise<Locked | undefined> {
    let counted: Locked | undefined;
    await database.write([pins], (store) => {
      const asked = store(pins).get(account);
      asked.onsuccess = () => {
        const found = asked.result as Locked | undefined;
        if (found === undefined || found.tries >= pinTries) return;
        counted = { ...found, tries: found.tries + 1 };
        store(pins).put(counted, account);
      };
    });
    return counted;
  }

  const put = (account: string, locked: Locked) =>
    database.write([pins], (store) => {
      store(pins).put(locked, account);
    });

  return {
    kind: 'demonstration',
    async set(account, pin, secret) {
      const salt = crypto.getRandomValues(new Uint8Array(16));
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv: nonce, additionalData: utf8(account) as Uint8Array<ArrayBuffer> },
        await keyOf(pin, salt),
        secret as Uint8Array<ArrayBuffer>,
      );
      await put(account, { salt, nonce, sealed, tries: 0 });
    },
    async open(account, pin) {
      if ((await read(account)) === undefined) return err({ reason: 'none' });
      const locked = await count(account);
      if (locked === undefined) return err({ reason: 'locked' });
      let secret: Uint8Array;
      try {
        secret = new Uint8Array(
          await crypto.subtle.decrypt(
            {
              name: 'AES-GCM',
              iv: locked.nonce,
              additionalData: utf8(account) as Uint8Array<ArrayBuffer>,
            },
            await keyOf(pin, locked.salt),
            locked.sealed,
          ),
        );
      } catch {
        const left = pinTries - locked.tries;
        return err(left > 0 ? { reason: 'wrong-pin', left } : { reason: 'locked' });
      }
      await put(account, { ...locked, tries: 0 });
      return ok(secret);
    },
    async accounts() {
      const names = (await database.read(pins, (store) => store.getAllKeys())).map(String);
      const standing = await Promise.all(
        names.map(async (name) => ((await read(name))?.tries ?? pinTries) < pinTries),
      );
      return names.filter((_, at) => standing[at]);
    },
    forget: (account) =>
      database.write([pins], (store) => {
        store(pins).delete(account);
      }),
  };
}

async function keyOf(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const typed = utf8(pin) as Uint8Array<ArrayBuffer>;
  const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
