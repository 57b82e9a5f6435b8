import { terminalIdOf } from '@tongban/core';
import { afterEach, describe, expect, test } from 'vitest';
import { keysDatabase } from '../storage/names.ts';
import { deleteDatabases } from '../storage/wipe.ts';
import { dump, request } from '../testing/dump.ts';
import { browserVault } from './browserVault.ts';

const es256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

afterEach(() => deleteDatabases(indexedDB, [keysDatabase('phone'), keysDatabase('kiosk')]));

async function seals(key: CryptoKey, other: CryptoKey): Promise<boolean> {
  const iv = new Uint8Array(12);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    key,
    new Uint8Array([1, 2, 3]),
  );
  try {
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, other, sealed);
    return true;
  } catch {
    return false;
  }
}

/** Everything that lies in the vault's database, as IndexedDB hands it out. */
async function stored(): Promise<unknown[]> {
  const database = await request<IDBDatabase>(indexedDB.open(keysDatabase('phone')));
  const all = await Promise.all(
    [...database.objectStoreNames].map((name) =>
      request<unknown[]>(database.transaction(name).objectStore(name).getAll()),
    ),
  );
  database.close();
  return all.flat();
}

describe('vault in the browser', () => {
  test('[K4] the same keys at every start, none of which can be exported', async () => {
    const first = await browserVault('phone');
    const second = await browserVault('phone');
    expect(await second.terminal()).toEqual(await first.terminal());
    expect(await seals(await first.storeKey(), await second.storeKey())).toBe(true);
    const found = (await stored()).flatMap((value) =>
      value instanceof CryptoKey
        ? [value]
        : 'privateKey' in Object(value)
          ? [(value as CryptoKeyPair).privateKey]
          : [],
    );
    expect(found).toHaveLength(3);
    for (const key of [...found, await first.storeKey(), await first.createVisitKey('v')]) {
      expect(key.extractable).toBe(false);
      await expect(
        crypto.subtle.exportKey(key.type === 'private' ? 'pkcs8' : 'raw', key),
      ).rejects.toThrow();
    }
  });

  test('[K4] tabs that start at the same moment agree on every key', async () => {
    const vaults = await Promise.all(Array.from({ length: 5 }, () => browserVault('phone')));
    const ids = await Promise.all(vaults.map(async (vault) => (await vault.terminal()).id));
    expect(new Set(ids).size).toBe(1);
    const issuing = await Promise.all(
      vaults.map(async (vault) => String(await vault.issuingPublicKey())),
    );
    expect(new Set(issuing).size).toBe(1);
    const [one, ...others] = await Promise.all(vaults.map((vault) => vault.storeKey()));
    for (const other of others) expect(await seals(one as CryptoKey, other)).toBe(true);
  });

  test('[K4] signs as the terminal it names, and by the key to be certified', async () => {
    const vault = await browserVault('kiosk');
    const { id, publicJwk } = await vault.terminal();
    expect(id).toBe(await terminalIdOf(publicJwk as never));
    const bytes = new TextEncoder().encode('林知夏');
    const named = { name: 'ECDSA', namedCurve: 'P-256' };
    const terminal = await crypto.subtle.importKey('jwk', publicJwk, named, true, ['verify']);
    const signature = (await vault.sign(bytes)) as Uint8Array<ArrayBuffer>;
    expect(signature).toHaveLength(64);
    expect(await crypto.subtle.verify(es256, terminal, signature, bytes)).toBe(true);

    expect(await vault.issuer()).toBeUndefined();
    await vault.keepIssuingCertificate({ chain: [new Uint8Array([1]), new Uint8Array([2, 3])] });
    const issuer = await (await browserVault('kiosk')).issuer();
    expect(issuer?.certificate.chain).toEqual([new Uint8Array([1]), new Uint8Array([2, 3])]);
    const spki = (await vault.issuingPublicKey()) as Uint8Array<ArrayBuffer>;
    const issuing = await crypto.subtle.importKey('spki', spki, named, true, ['verify']);
    const issued = (await issuer?.sign(bytes)) as Uint8Array<ArrayBuffer>;
    expect(await crypto.subtle.verify(es256, issuing, issued, bytes)).toBe(true);
  });

  test('[K1] each visit has a key of its own, kept wrapped and gone once destroyed', async () => {
    const vault = await browserVault('phone');
    const [one, two] = [
      await vault.createVisitKey('visit-1'),
      await vault.createVisitKey('visit-2'),
    ];
    expect(await seals(one, two)).toBe(false);
    const again = await (await browserVault('phone')).openVisitKey('visit-1');
    expect(await seals(one, again as CryptoKey)).toBe(true);
    expect([...(await vault.visits())].toSorted()).toEqual(['visit-1', 'visit-2']);
    await expect(vault.createVisitKey('visit-1')).rejects.toThrow();

    const wrapped = (await stored()).filter((value) => value instanceof ArrayBuffer);
    // AES-KW (RFC 3394) makes 40 bytes of a 32-byte key: two visits and the store key.
    expect(wrapped.map((value) => (value as ArrayBuffer).byteLength)).toEqual([40, 40, 40]);
    await vault.destroyVisitKey('visit-1');
    await vault.destroyVisitKey('visit-1');
    expect(await vault.openVisitKey('visit-1')).toBeUndefined();
    expect(await vault.visits()).toEqual(['visit-2']);
    expect(await dump(indexedDB)).not.toContain('visit-1');
  });

  test("[K4] says what it is: a phone's own vault, or a demonstration", async () => {
    expect((await browserVault('phone')).kind).toBe('phone');
    expect((await browserVault('kiosk')).kind).toBe('demonstration');
  });
});
