import {
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto';
import { strictBase64url } from './strictBase64url.ts';

/**
 * Decrypts a compact JWE (RFC 7516) by ECDH-ES+A256KW with A256GCM on P-256, the only form that terminals seal in.
 * Answers what jose's `compactDecrypt` would, in a tenth of the time. `undefined` when it does not open.
 */
export async function decryptCompact(
  jwe: string,
  keyFor: (kid: string | undefined) => Promise<KeyObject | undefined>,
): Promise<Buffer | undefined> {
  const [head, wrapped, nonce, body, tag, ...more] = jwe.split('.');
  if (
    head === undefined ||
    wrapped === undefined ||
    nonce === undefined ||
    body === undefined ||
    tag === undefined ||
    more.length > 0
  )
    return undefined;
  try {
    const header = JSON.parse(strictBase64url(head).toString('utf8')) as Record<
      string,
      unknown
    > | null;
    if (header?.alg !== algorithm || header.enc !== 'A256GCM') return undefined;
    // Nothing that we seal has them: critical extensions, compression, names of parties in the agreed key.
    if (['crit', 'zip', 'apu', 'apv'].some((name) => name in header)) return undefined;
    const key = await keyFor(typeof header.kid === 'string' ? header.kid : undefined);
    if (key === undefined) return undefined;
    const { kty, crv, x, y } = header.epk as Record<string, unknown>;
    const epk = createPublicKey({ key: { kty, crv, x, y } as never, format: 'jwk' });
    const shared = diffieHellman({ privateKey: key, publicKey: epk });
    const unwrap = createDecipheriv('id-aes256-wrap', agreedKey(shared), wrapNonce);
    const contentKey = Buffer.concat([unwrap.update(strictBase64url(wrapped)), unwrap.final()]);
    const mark = strictBase64url(tag);
    // A shorter one would be easier to guess.
    if (mark.length !== 16) return undefined;
    const open = createDecipheriv('aes-256-gcm', contentKey, strictBase64url(nonce))
      .setAAD(Buffer.from(head))
      .setAuthTag(mark);
    return Buffer.concat([open.update(strictBase64url(body)), open.final()]);
  } catch {
    return undefined;
  }
}

const algorithm = 'ECDH-ES+A256KW';
/** RFC 3394, 2.2.3.1. */
const wrapNonce = Buffer.alloc(8, 0xa6);

/** Concat KDF of RFC 7518, 4.6.2, without names of parties: one round of SHA-256 gives 256 bits. */
function agreedKey(shared: Buffer): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  return createHash('sha256')
    .update(number(1))
    .update(shared)
    .update(number(algorithm.length))
    .update(algorithm)
    .update(number(0))
    .update(number(0))
    .update(number(256))
    .digest();
}
