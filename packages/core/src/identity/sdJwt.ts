import { base64url, sha256, utf8 } from '../encoding.ts';
import { jsonPart, typeOfJws } from './jws.ts';

/** A selectively disclosable JWT (RFC 9901) as it is shown, taken apart and not yet believed. */
export interface SdJwt {
  /** The issuer's compact JWS. */
  readonly jws: string;
  /** What the holder chose to show, base64url. */
  readonly disclosures: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

const types: readonly (string | undefined)[] = ['dc+sd-jwt', 'vc+sd-jwt'];
/** More than any code has room for. */
const most = 64;
const deepest = 16;

/** Takes a verifiable credential of this form apart: issuer's JWS, disclosures, perhaps a key binding, `~` between. */
export function splitSdJwtVc(text: string): SdJwt | undefined {
  const [jws = '', ...rest] = text.split('~');
  const binding = rest.pop();
  if (binding === undefined || rest.length > most || !types.includes(typeOfJws(jws)))
    return undefined;
  if (binding !== '' && typeOfJws(binding) !== 'kb+jwt') return undefined;
  return rest.every((part) => /^[A-Za-z0-9_-]+$/.test(part))
    ? { jws, disclosures: rest }
    : undefined;
}

/**
 * The issuer's claims with what the disclosures say in their places (RFC 9901, 7.1). Undefined where anything is not
 * as the issuer left it: a disclosure that no digest stands for, a digest that stands twice, a name that is there
 * already, more levels than anybody needs. The hash is SHA-256.
 */
export async function disclosedClaims(
  payload: Claims,
  disclosures: readonly string[],
): Promise<Claims | undefined> {
  if ((payload._sd_alg ?? 'sha-256') !== 'sha-256') return undefined;
  const shown = new Map<string, readonly unknown[]>();
  for (const disclosure of disclosures) {
    const parts = jsonPart(disclosure);
    const digest = base64url(await sha256(utf8(disclosure)));
    if (!Array.isArray(parts) || typeof parts[0] !== 'string' || shown.has(digest))
      return undefined;
    shown.set(digest, parts);
  }
  try {
    const claims = filled(payload, { shown, met: new Set() }, 0);
    return shown.size === 0 ? (claims as Claims) : undefined;
  } catch (error) {
    if (error instanceof Hostile) return undefined;
    throw error;
  }
}

/** A structure that no honest issuer or holder makes. */
class Hostile extends Error {}

interface Walk {
  /** By digest, what is not in its place yet. */
  readonly shown: Map<string, readonly unknown[]>;
  readonly met: Set<string>;
}

function filled(value: unknown, walk: Walk, depth: number): unknown {
  if (depth > deepest) throw new Hostile();
  if (Array.isArray(value)) return value.flatMap((each) => element(each, walk, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const { _sd: digests = [], _sd_alg: _, ...plain } = value as Claims;
  if (!Array.isArray(digests) || '...' in plain) throw new Hostile();
  const claims = new Map(
    Object.entries(plain).map(([name, each]) => [name, filled(each, walk, depth + 1)]),
  );
  for (const digest of digests) {
    const parts = take(digest, walk);
    if (parts === undefined) continue;
    const [, name, hidden] = parts;
    if (parts.length !== 3 || typeof name !== 'string' || reserved.has(name) || claims.has(name))
      throw new Hostile();
    claims.set(name, filled(hidden, walk, depth + 1));
  }
  return Object.fromEntries(claims);
}

const reserved = new Set(['_sd', '_sd_alg', '...', '__proto__']);

/** An element of an array: itself, what its digest stands for, or nothing where that is not shown. */
function element(value: unknown, walk: Walk, depth: number): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !('...' in value))
    return [filled(value, walk, depth)];
  if (Object.keys(value).length !== 1) throw new Hostile();
  const parts = take(value['...'], walk);
  if (parts === undefined) return [];
  if (parts.length !== 2) throw new Hostile();
  return [filled(parts[1], walk, depth)];
}

function take(digest: unknown, { shown, met }: Walk): readonly unknown[] | undefined {
  if (typeof digest !== 'string' || met.has(digest)) throw new Hostile();
  met.add(digest);
  const parts = shown.get(digest);
  shown.delete(digest);
  return parts;
}
