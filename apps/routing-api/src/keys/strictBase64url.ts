const form = /^[A-Za-z0-9_-]*$/;

/** Bytes of base64url without padding (RFC 7515, 2). Throws at anything else; Node's own decoder passes over it. */
export function strictBase64url(text: string): Buffer {
  if (!form.test(text) || text.length % 4 === 1) throw new TypeError('not base64url');
  return Buffer.from(text, 'base64url');
}
