import type { JWK } from 'jose';

/** Whose signatures count. Keys are found by `kid`; an issuer speaks only for the kinds it is listed with. */
export interface TrustList {
  /** True where an issuer of demonstration credentials is among them; production refuses such a list. */
  readonly demonstration: boolean;
  readonly issuers: readonly {
    readonly id: string;
    readonly name: string;
    readonly kinds: readonly string[];
    readonly keys: readonly JWK[];
  }[];
}

/** The key that an issuer signs with, if it is trusted for this kind. */
export function trustedKey(
  trust: TrustList,
  { issuer, kind, kid }: { readonly issuer: string; readonly kind: string; readonly kid: string },
): JWK | undefined {
  const listed = trust.issuers.find(({ id }) => id === issuer);
  if (listed?.kinds.includes(kind) !== true) return undefined;
  return listed.keys.find((key) => key.kid === kid);
}
