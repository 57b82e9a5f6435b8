import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface SealedFiles {
  /** Whole or not at all, and on the disk when it resolves. `name` binds it to what it is. */
  writeSealed(place: string, name: string, plain: Uint8Array): Promise<void>;
  /** `undefined` where there is none. Throws when it does not open. */
  readSealed(place: string, name: string): Promise<Uint8Array | undefined>;
}

/** Files sealed (AES-256-GCM) under the terminal's master key. */
export function sealedFiles(masterKey: Uint8Array): SealedFiles {
  if (masterKey.length !== 32) throw new RangeError('the master key has 32 bytes');

  async function writeSealed(place: string, name: string, plain: Uint8Array): Promise<void> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
    cipher.setAAD(Buffer.from(name));
    const sealed = Buffer.concat([
      nonce,
      cipher.update(plain),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    const file = await open(`${place}.new`, 'w', 0o600);
    await file.writeFile(sealed);
    await file.sync();
    await file.close();
    await rename(`${place}.new`, place);
    await syncFolder(join(place, '..'));
  }

  async function readSealed(place: string, name: string): Promise<Uint8Array | undefined> {
    let sealed: Buffer;
    try {
      sealed = await readFile(place);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
    const decipher = createDecipheriv('aes-256-gcm', masterKey, sealed.subarray(0, 12));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(sealed.subarray(-16));
    return new Uint8Array(
      Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]),
    );
  }

  return { writeSealed, readSealed };
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
