/** Base64url without padding (RFC 4648, 5). */
export function base64url(bytes: Uint8Array): string {
  if (toBase64 !== undefined)
    return toBase64.call(bytes, { alphabet: 'base64url', omitPadding: true });
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Inverse of {@link base64url}. Throws a `DOMException` on anything else. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export async function sha256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

/** ES2026, where the engine has it: it takes a tenth of the time, and every stored row is encoded once. */
const { toBase64 } = Uint8Array.prototype as {
  toBase64?: (
    this: Uint8Array,
    options: { readonly alphabet: 'base64url'; readonly omitPadding: true },
  ) => string;
};
