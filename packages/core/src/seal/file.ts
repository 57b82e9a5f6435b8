import { base64url, fromBase64url, sha256 } from '../encoding.ts';
import type { FileAddress } from '../ids.ts';
import type { Random } from '../ports/random.ts';
import { err, ok, type Result } from '../result.ts';
import type { SealedFile } from './manifest.ts';

/** Encrypts one file under a key of its own: 12-byte nonce, then AES-256-GCM ciphertext and tag. */
export async function sealFile(
  plain: Uint8Array,
  type: string,
  random: Random,
): Promise<{ file: SealedFile; address: FileAddress; ciphertext: Uint8Array<ArrayBuffer> }> {
  const rawKey = random.bytes(32);
  const nonce = random.bytes(12);
  const key = await crypto.subtle.importKey('raw', rawKey, 'AES-GCM', false, ['encrypt']);
  const body = new Uint8Array(
    await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce },
      key,
      plain as Uint8Array<ArrayBuffer>,
    ),
  );
  const ciphertext = new Uint8Array(nonce.length + body.length);
  ciphertext.set(nonce);
  ciphertext.set(body, nonce.length);
  const address = base64url(await sha256(ciphertext)) as FileAddress;
  const file: SealedFile = {
    address,
    key: base64url(rawKey),
    digest: base64url(await sha256(plain)),
    type,
    size: plain.length,
  };
  return { file, address, ciphertext };
}

/** Opens what {@link sealFile} made, checking address, tag and digest. */
export async function openFile(
  file: SealedFile,
  ciphertext: Uint8Array,
): Promise<Result<Uint8Array, 'wrong-address' | 'cannot-decrypt' | 'wrong-digest'>> {
  if (base64url(await sha256(ciphertext)) !== file.address) return err('wrong-address');
  let plain: Uint8Array;
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(file.key), 'AES-GCM', false, [
      'decrypt',
    ]);
    plain = new Uint8Array(
      await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: ciphertext.slice(0, 12) },
        key,
        ciphertext.slice(12),
      ),
    );
  } catch {
    return err('cannot-decrypt');
  }
  return base64url(await sha256(plain)) === file.digest ? ok(plain) : err('wrong-digest');
}
