import { webcrypto } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMasterKey } from './masterKey.ts';
import { openVault } from './vault.ts';

const master = new Uint8Array(32).fill(7);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-vault-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('vault', () => {
  it('is the same terminal at every start', async () => {
    const first = await (await openVault(folder, master)).terminalKey();
    expect(await (await openVault(folder, master)).terminalKey()).toEqual(first);
    expect(first).not.toHaveProperty('d');
  });

  it('signs so that the public key agrees', async () => {
    const vault = await openVault(folder, master);
    const data = new TextEncoder().encode('办件');
    const key = await webcrypto.subtle.importKey(
      'jwk',
      await vault.terminalKey(),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const signature = await vault.sign(data);
    expect(
      await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data),
    ).toBe(true);
  });

  it('does not open under another master key, and makes no new keys then', async () => {
    await openVault(folder, master);
    await expect(openVault(folder, new Uint8Array(32).fill(8))).rejects.toThrow();
  });

  it('gives a visit its key until it is destroyed', async () => {
    const vault = await openVault(folder, master);
    const key = await vault.createVisitKey('visit-1');
    expect(await vault.openVisitKey('visit-1')).toEqual(key);
    expect(await (await openVault(folder, master)).visits()).toEqual(['visit-1']);
    await vault.destroyVisitKey('visit-1');
    expect(await vault.openVisitKey('visit-1')).toBeUndefined();
    expect(await vault.visits()).toEqual([]);
  });

  it('takes a half-destroyed key for destroyed', async () => {
    const vault = await openVault(folder, master);
    await vault.createVisitKey('visit-1');
    const [file] = await readdir(join(folder, 'visits'));
    await writeFile(join(folder, 'visits', file ?? ''), new Uint8Array(60));
    expect(await vault.openVisitKey('visit-1')).toBeUndefined();
    expect(await vault.visits()).toEqual([]);
    expect(await readdir(join(folder, 'visits'))).toEqual([]);
  });

  it('keeps no key in clear on the disk', async () => {
    const vault = await openVault(folder, master);
    const keys = [await vault.createVisitKey('visit-1'), await vault.storeKey()];
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name));
      for (const key of keys) expect(bytes.includes(Buffer.from(key))).toBe(false);
    }
  });
});

describe('findMasterKey', () => {
  const noRing = {
    isEncryptionAvailable: () => false,
    encryptString: () => Buffer.alloc(0),
    decryptString: () => '',
  };

  it('prefers the credential of systemd', async () => {
    await writeFile(join(folder, 'tongban-vault-key'), master);
    const found = await findMasterKey(folder, noRing, { CREDENTIALS_DIRECTORY: folder }, false);
    expect(found.ok && Buffer.from(found.value).equals(master)).toBe(true);
  });

  it('refuses to start where there is no safe place', async () => {
    expect(await findMasterKey(folder, noRing, {}, false)).toEqual({
      ok: false,
      error: 'no-safe-place',
    });
  });

  it('does not trust a ring that seals under a published password', async () => {
    const basic = {
      ...noRing,
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => 'basic_text',
    };
    expect(await findMasterKey(folder, basic, {}, false)).toEqual({
      ok: false,
      error: 'no-safe-place',
    });
  });

  it('keeps one for a demonstration', async () => {
    const first = await findMasterKey(folder, noRing, {}, true);
    expect(first.ok).toBe(true);
    expect(await findMasterKey(folder, noRing, {}, true)).toEqual(first);
  });
});
