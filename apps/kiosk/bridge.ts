import type { HandScan, IdentityEvidence, PinLock, ReaderFailure, Result } from '@tongban/core';

/** Which page the terminal shows. */
export type Profile = 'self-service' | 'counter';

/** What an operator gave this terminal to be admitted with; everything may be absent. */
export interface Installation {
  /** Id of the hall it stands in. */
  readonly hall?: string;
  /** One-use code of its first enrolment. */
  readonly enrolmentCode?: string;
  /** The centre's public encryption key (JWK, `kid` set), for the time before the first contact. */
  readonly centreKey?: JsonWebKey & { readonly kid: string };
}

/**
 * Everything a page may ask of the machine, as `window.tongban`; absent in a browser.
 * Main checks the caller's origin and the shape of every argument. Keys cross only as raw AES keys that
 * the page imports as non-extractable at once; signing keys never leave main.
 */
export interface TongbanBridge {
  readonly profile: Profile;
  /** Demonstration vault and simulated devices; never true in a packaged production build. */
  readonly demonstration: boolean;
  /** Asked for, not handed over at the start: what is in a renderer's arguments every account of the machine can read. */
  installation(): Promise<Installation>;
  readonly vault: {
    terminalKey(): Promise<JsonWebKey>;
    sign(bytes: Uint8Array): Promise<Uint8Array>;
    issuingChain(): Promise<readonly Uint8Array[] | undefined>;
    issuingPublicKey(): Promise<Uint8Array>;
    issuingSign(bytes: Uint8Array): Promise<Uint8Array>;
    keepIssuingChain(chain: readonly Uint8Array[]): Promise<void>;
    /** 32 bytes. */
    storeKey(): Promise<Uint8Array>;
    /** 32 bytes. */
    createVisitKey(visit: string): Promise<Uint8Array>;
    openVisitKey(visit: string): Promise<Uint8Array | undefined>;
    destroyVisitKey(visit: string): Promise<void>;
    visits(): Promise<readonly string[]>;
  };
  /**
   * Writes an export of the outbox (`tongban-….tbx`) where the person chooses in the system's own dialog. False when they
   * chose nothing. Only the counter's page may ask for it.
   */
  saveExport(name: string, bytes: Uint8Array): Promise<boolean>;
  /** As the port `PinLock`; PINs have six to twelve digits. */
  readonly pin: Pick<PinLock, 'set' | 'open' | 'accounts' | 'forget'>;
  /**
   * The reader that this terminal was set up with; absent where it was set up with none. `call` is a name that the page
   * gives this one reading, so that it can end it. One reading at a time: another ends the one before.
   */
  readonly cardReader?: {
    /** Waits for a card, as the port `IdReader`; `undefined` once it was ended. */
    read(call: string): Promise<Result<IdentityEvidence, ReaderFailure> | undefined>;
    stop(call: string): Promise<void>;
  };
  /** The hand scanner on a serial line that this terminal was set up with; absent where it was set up with none. */
  readonly handScanner?: {
    /** The next scan from now on; `undefined` once another page asks, or the visit ended. What comes in between is lost. */
    next(): Promise<HandScan | undefined>;
  };
  /** Ends the visit: main destroys this renderer process, clears what Chromium kept, and opens a fresh page. Never returns. */
  endVisit(): Promise<void>;
}

declare global {
  interface Window {
    readonly tongban?: TongbanBridge;
  }
}
