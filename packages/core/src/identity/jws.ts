import { compactVerify, importJWK, type JWK } from 'jose';
import { fromBase64url } from '../encoding.ts';

/** The JSON in one part of a compact JWS (RFC 7515), or undefined. Nothing of it is trusted yet. */
export function jsonPart(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(part)));
  } catch {
    return undefined;
  }
}

/** What a compact JWS says it is: `typ` of its header, or undefined where the text is no compact JWS. */
export function typeOfJws(text: string): string | undefined {
  const [, head = ''] = /^([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.exec(text) ?? [];
  const header = head === '' ? undefined : jsonPart(head);
  if (typeof header !== 'object' || header === null || !('typ' in header)) return undefined;
  return typeof header.typ === 'string' ? header.typ : undefined;
}

/** Whether the signature (ES256) is of this key. The header cannot choose another algorithm. */
export async function signatureHolds(jws: string, jwk: JWK): Promise<boolean> {
  const key = await importJWK(jwk, 'ES256');
  try {
    await compactVerify(jws, key, { algorithms: ['ES256'] });
    return true;
  } catch {
    return false;
  }
}
