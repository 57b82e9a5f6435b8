import { base64url, fromBase64url, type Random, utf8 } from '@tongban/core';

const nonceLength = 12;

/**
 * AES-256-GCM over JSON. `place` is authenticated with it, so that a body moved to another
 * place does not open. Text because Dexie's bridge in RxDB turns an ArrayBuffer into `{}`.
 */
export async function sealJson(
  value: unknown,
  place: readonly string[],
  key: CryptoKey,
  random: Random,
): Promise<string> {
  const nonce = random.bytes(nonceLength);
  const body = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: bytesOf(place) },
    key,
    utf8(JSON.stringify(value)),
  );
  const sealed = new Uint8Array(nonceLength + body.byteLength);
  sealed.set(nonce);
  sealed.set(new Uint8Array(body), nonceLength);
  return base64url(sealed);
}

/** `undefined` when it was altered, moved, or sealed under another key. */
export async function openJson(
  sealed: string,
  place: readonly string[],
  key: CryptoKey,
): Promise<unknown> {
  let plain: ArrayBuffer;
  try {
    const bytes = fromBase64url(sealed);
    plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.subarray(0, nonceLength), additionalData: bytesOf(place) },
      key,
      bytes.subarray(nonceLength),
    );
  } catch {
    return undefined;
  }
  return JSON.parse(new TextDecoder().decode(plain));
}

function bytesOf(place: readonly string[]): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify(place));
}
