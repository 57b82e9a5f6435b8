import type { TerminalId } from '../ids.ts';

/** Who a terminal is to the centre. The private half never leaves the vault. */
export interface TerminalIdentity {
  readonly id: TerminalId;
  /** Public key, EC P-256 (RFC 7517). */
  readonly publicJwk: JsonWebKey;
}

/** What enrolment brought: the constrained certificate (pathLen 0, this hall) that issues one-act citizen certificates. */
export interface IssuingCertificate {
  /** DER, leaf issuer first, the root last. */
  readonly chain: readonly Uint8Array[];
}

/**
 * Keeps the keys of a device. In Electron main holds them and the renderer asks over the bridge;
 * in a browser they are non-extractable WebCrypto keys in IndexedDB.
 * A vault whose `kind` is `demonstration` is refused in production.
 */
export interface KeyVault {
  readonly kind: 'demonstration' | 'phone' | 'terminal';
  terminal(): Promise<TerminalIdentity>;
  /** ES256 over `bytes` with the terminal's key; raw r‖s, 64 bytes (RFC 7518, 3.4). */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  /** The key (P-256) that belongs to {@link IssuingCertificate}; `undefined` before enrolment. */
  issuer(): Promise<
    | { readonly certificate: IssuingCertificate; sign(bytes: Uint8Array): Promise<Uint8Array> }
    | undefined
  >;
  /** Public key (SPKI, DER) to be certified at enrolment. */
  issuingPublicKey(): Promise<Uint8Array>;
  keepIssuingCertificate(certificate: IssuingCertificate): Promise<void>;
  /** AES-256-GCM key of the lasting `terminal` database, the same at every start. */
  storeKey(): Promise<CryptoKey>;
  /** Makes the AES-256-GCM key of one visit and keeps it wrapped under the vault's own key. */
  createVisitKey(visit: string): Promise<CryptoKey>;
  /** `undefined` once destroyed. */
  openVisitKey(visit: string): Promise<CryptoKey | undefined>;
  /** First step of ending a visit: after it, what the visit stored is noise. */
  destroyVisitKey(visit: string): Promise<void>;
  /** Names of visits whose key still exists; after a crash these are to be ended. */
  visits(): Promise<readonly string[]>;
}
