import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of Electron's `safeStorage` that is used, so that tests can stand in a key ring. */
export interface KeyRing {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

export type MasterKeyFault = 'no-safe-place' | 'credential-wrong-length';

/**
 * Finds the terminal's master key (32 bytes), in this order: systemd's credential `tongban-vault-key`
 * (LoadCredentialEncrypted, sealed by the machine or its TPM), the platform's key ring, and only in a demonstration
 * a file beside the vault. Where none is to be had the terminal does not start: a key next to what it seals
 * protects nothing.
 */
export async function findMasterKey(
  folder: string,
  keyRing: KeyRing,
  environment: Readonly<Record<string, string | undefined>>,
  demonstration: boolean,
): Promise<{ ok: true; value: Uint8Array } | { ok: false; error: MasterKeyFault }> {
  const credentials = environment.CREDENTIALS_DIRECTORY;
  if (credentials !== undefined) {
    const key = await readIfThere(join(credentials, 'tongban-vault-key'));
    if (key !== undefined) {
      return key.length === 32
        ? { ok: true, value: key }
        : { ok: false, error: 'credential-wrong-length' };
    }
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // With `basic_text` Chromium seals under a password that is in its source.
  const ringed =
    keyRing.isEncryptionAvailable() && keyRing.getSelectedStorageBackend?.() !== 'basic_text';
  if (ringed) {
    const place = join(folder, 'master.sealed');
    const sealed = await readIfThere(place);
    if (sealed !== undefined) {
      return {
        ok: true,
        value: new Uint8Array(Buffer.from(keyRing.decryptString(sealed), 'base64')),
      };
    }
    const fresh = randomBytes(32);
    await writeFile(place, keyRing.encryptString(fresh.toString('base64')), {
      mode: 0o600,
      flush: true,
    });
    return { ok: true, value: new Uint8Array(fresh) };
  }
  if (!demonstration) return { ok: false, error: 'no-safe-place' };
  const place = join(folder, 'master.demonstration');
  const known = await readIfThere(place);
  if (known !== undefined) return { ok: true, value: new Uint8Array(known) };
  const fresh = randomBytes(32);
  await writeFile(place, fresh, { mode: 0o600, flush: true });
  return { ok: true, value: new Uint8Array(fresh) };
}

async function readIfThere(place: string): Promise<Buffer | undefined> {
  try {
    return await readFile(place);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}
