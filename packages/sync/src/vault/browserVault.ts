import {
  type IssuingCertificate,
  type KeyVault,
  type TerminalId,
  terminalIdOf,
} from '@tongban/core';
import { openByteDatabase } from '../storage/bytes.ts';
import { type App, keysDatabase } from '../storage/names.ts';

const keys = 'keys';
const visits = 'visits';
const signing = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const es256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A key of AES-256-GCM as it lies on the disk: wrapped (AES-KW, RFC 3394), never raw. */
type Wrapped = ArrayBuffer;

/**
 * A vault in the browser: keys that WebCrypto will not export, in IndexedDB, with strict durability, since data under a
 * key that a power cut took back would be noise. On a phone it is the phone's own vault; for a kiosk or a counter it is
 * a demonstration, because whoever has the unlocked disk has key and ciphertext side by side.
 */
export async function browserVault(
  app: App,
  indexedDB: IDBFactory = globalThis.indexedDB,
): Promise<KeyVault> {
  const database = await openByteDatabase(indexedDB, keysDatabase(app), [keys, visits]);

  const terminalPair = await keep('terminal', () =>
    crypto.subtle.generateKey(signing, false, ['sign', 'verify']),
  );
  const issuingPair = await keep('issuing', () =>
    crypto.subtle.generateKey(signing, false, ['sign', 'verify']),
  );
  const wrapping = await keep('wrapping', () =>
    crypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, ['wrapKey', 'unwrapKey']),
  );
  const storeKey = await unwrap(await keep('store', makeWrapped));

  const publicJwk = await crypto.subtle.exportKey('jwk', terminalPair.publicKey);
  const identity = {
    id: (await terminalIdOf(publicJwk)) as TerminalId,
    publicJwk: {
      kty: 'EC',
      crv: 'P-256',
      ...(publicJwk.x === undefined ? {} : { x: publicJwk.x }),
      ...(publicJwk.y === undefined ? {} : { y: publicJwk.y }),
    },
  };

  /** What lies under `name`; made first where nothing does. Of two tabs that start together the first one's stands. */
  async function keep<T>(name: string, make: () => Promise<T>): Promise<T> {
    const found = await read<T>(keys, name);
    if (found !== undefined) return found;
    const made = await make();
    let standing = made;
    await database.write([keys], (store) => {
      const asked = store(keys).get(name);
      asked.onsuccess = () => {
        if (asked.result === undefined) store(keys).put(made, name);
        else standing = asked.result;
      };
    });
    return standing;
  }

  function read<T>(store: string, name: string): Promise<T | undefined> {
    return database.read<T | undefined>(store, (from) => from.get(name));
  }

  async function makeWrapped(): Promise<Wrapped> {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
      'encrypt',
      'decrypt',
    ]);
    return crypto.subtle.wrapKey('raw', key, wrapping, 'AES-KW');
  }

  function unwrap(wrapped: Wrapped): Promise<CryptoKey> {
    return crypto.subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', { name: 'AES-GCM' }, false, [
      'encrypt',
      'decrypt',
    ]);
  }

  function signer(pair: CryptoKeyPair) {
    return async (bytes: Uint8Array) =>
      new Uint8Array(
        await crypto.subtle.sign(es256, pair.privateKey, bytes as Uint8Array<ArrayBuffer>),
      );
  }

  return {
    kind: app === 'phone' ? 'phone' : 'demonstration',
    terminal: async () => identity,
    sign: signer(terminalPair),
    async issuer() {
      const chain = await read<readonly Uint8Array[]>(keys, 'issuing-chain');
      if (chain === undefined || chain.length === 0) return undefined;
      return { certificate: { chain }, sign: signer(issuingPair) };
    },
    issuingPublicKey: async () =>
      new Uint8Array(await crypto.subtle.exportKey('spki', issuingPair.publicKey)),
    keepIssuingCertificate: ({ chain }: IssuingCertificate) =>
      database.write([keys], (store) => {
        store(keys).put(
          chain.map((certificate) => certificate.slice()),
          'issuing-chain',
        );
      }),
    storeKey: async () => storeKey,
    async createVisitKey(visit) {
      const wrapped = await makeWrapped();
      await database.write([visits], (store) => {
        store(visits).add(wrapped, visit);
      });
      return unwrap(wrapped);
    },
    async openVisitKey(visit) {
      const wrapped = await read<Wrapped>(visits, visit);
      return wrapped === undefined ? undefined : unwrap(wrapped);
    },
    destroyVisitKey: (visit) =>
      database.write([visits], (store) => {
        store(visits).delete(visit);
      }),
    visits: async () => (await database.read(visits, (store) => store.getAllKeys())).map(String),
  };
}
