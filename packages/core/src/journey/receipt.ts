import { base64url, fromBase64url, utf8 } from '../encoding.ts';
import type { KeyVault } from '../ports/keyVault.ts';

/** Proof in the applicant's hand: number, salted content hash, the terminal's signature, a 128-bit secret. */
export interface Receipt {
  readonly number: string;
  /** Base64url, 128 bits. Whoever holds it may ask for the public half of the status. */
  readonly secret: string;
  /** Hash of the manifest; the centre echoes it when it has received it. */
  readonly manifestHash: string;
  /** ISO 8601 instant. */
  readonly sealedAt: string;
  /** What it is for, item or bundle id. */
  readonly target: string;
  /** The text of the QR code: `TB1:` and a compact JWS (ES256) by the terminal. */
  readonly code: string;
}

const prefix = 'TB1:';

export async function makeReceipt(
  about: Omit<Receipt, 'code'>,
  vault: Pick<KeyVault, 'terminal' | 'sign'>,
): Promise<Receipt> {
  const { id } = await vault.terminal();
  const header = base64url(utf8(JSON.stringify({ alg: 'ES256', kid: id })));
  const claims = {
    n: about.number,
    s: about.secret,
    h: about.manifestHash,
    t: about.sealedAt,
    f: about.target,
  };
  const input = `${header}.${base64url(utf8(JSON.stringify(claims)))}`;
  const signature = base64url(await vault.sign(utf8(input)));
  return { ...about, code: `${prefix}${input}.${signature}` };
}

/** Reads a receipt's QR text. The signature is the centre's to check; here only the shape is. */
export function parseReceipt(text: string): Receipt | undefined {
  if (!text.startsWith(prefix)) return undefined;
  const part = text.slice(prefix.length).split('.')[1];
  if (part === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(fromBase64url(part)));
    if (typeof claims !== 'object' || claims === null) return undefined;
    const { n, s, h, t, f } = claims as Record<string, unknown>;
    if (![n, s, h, t, f].every((claim) => typeof claim === 'string')) return undefined;
    return {
      number: n as string,
      secret: s as string,
      manifestHash: h as string,
      sealedAt: t as string,
      target: f as string,
      code: text,
    };
  } catch {
    return undefined;
  }
}

/** The secret as it is printed, in groups of four that an eye can follow. */
export function spacedSecret({ secret }: Pick<Receipt, 'secret'>): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}
