import {
  base64url,
  type Clock,
  type KeyVault,
  type Random,
  terminalIdOf,
  utf8,
} from '@tongban/core';
import { compactVerify, importJWK, type JWK } from 'jose';

/** Header that carries the proof of possession; the form is RFC 9449 (DPoP). */
export const proofHeader = 'dpop';

/** Proves that this request comes from the holder of the terminal's key. */
export async function makeProof(
  request: { readonly method: string; readonly url: string },
  vault: Pick<KeyVault, 'terminal' | 'sign'>,
  clock: Clock,
  random: Random,
): Promise<string> {
  const { publicJwk } = await vault.terminal();
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk };
  const claims = {
    jti: base64url(random.bytes(16)),
    htm: request.method.toUpperCase(),
    htu: pathOf(request.url),
    iat: Math.floor(clock.now().getTime() / 1000),
  };
  const input = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(claims)))}`;
  return `${input}.${base64url(await vault.sign(utf8(input)))}`;
}

export type ProofFailure = 'malformed' | 'wrong-request' | 'clock' | 'bad-signature';

/** A signed proof whose signature holds, with the key in its header; `undefined` when it does not. */
export type VerifyJws = (jws: string) => Promise<
  | {
      readonly header: Readonly<Record<string, unknown>>;
      readonly jwk: JWK;
      readonly payload: Uint8Array;
      /** Thumbprint of the key, where whoever verified has it at hand. */
      readonly thumbprint?: string;
    }
  | undefined
>;

const verifyJws: VerifyJws = async (jws) => {
  try {
    const { protectedHeader, payload } = await compactVerify(
      jws,
      (header) => {
        if (header.jwk === undefined) throw new Error('not a proof');
        return importJWK(header.jwk, 'ES256');
      },
      { algorithms: ['ES256'] },
    );
    return { header: { ...protectedHeader }, jwk: protectedHeader.jwk as JWK, payload };
  } catch {
    return undefined;
  }
};

/**
 * Checks a proof. The path is compared, not the origin, since a kiosk reaches the centre through a relay.
 * A clock that is wrong by more than `toleranceSeconds` is told apart, so that the terminal can be told.
 * Seen `jti` values are the caller's to remember.
 */
export async function checkProof(
  proof: string,
  request: { readonly method: string; readonly url: string },
  now: Date,
  toleranceSeconds: number,
  verify: VerifyJws = verifyJws,
): Promise<
  { ok: true; terminal: string; jwk: JWK; jti: string } | { ok: false; error: ProofFailure }
> {
  let claims: Record<string, unknown>;
  const verified = await verify(proof);
  if (verified === undefined || verified.header.typ !== 'dpop+jwt')
    return { ok: false, error: 'bad-signature' };
  const { jwk } = verified;
  try {
    const payload: unknown = JSON.parse(new TextDecoder().decode(verified.payload));
    if (typeof payload !== 'object' || payload === null) return { ok: false, error: 'malformed' };
    claims = payload as Record<string, unknown>;
  } catch {
    return { ok: false, error: 'bad-signature' };
  }
  const { htm, htu, iat, jti } = claims;
  if (typeof jti !== 'string' || typeof iat !== 'number') return { ok: false, error: 'malformed' };
  if (htm !== request.method.toUpperCase() || htu !== pathOf(request.url))
    return { ok: false, error: 'wrong-request' };
  if (Math.abs(now.getTime() / 1000 - iat) > toleranceSeconds) return { ok: false, error: 'clock' };
  return { ok: true, terminal: verified.thumbprint ?? (await terminalIdOf(jwk)), jwk, jti };
}

function pathOf(url: string): string {
  return new URL(url, 'http://centre').pathname;
}
