import type { Result } from '../result.ts';

/** Wrong tries after which a PIN opens nothing any more. */
export const pinTries = 5;

export type PinFailure =
  | { readonly reason: 'wrong-pin' /** Tries that are left. */; readonly left: number }
  /** Too many wrong tries, the last one included. */
  | { readonly reason: 'locked' }
  /** No PIN stands for this account. */
  | { readonly reason: 'none' };

/**
 * Keeps a secret of a clerk under a PIN. A PIN has few digits: what protects it is that tries are counted, and counted
 * on the disk *before* each try, so that neither a reload nor a power cut gives one back.
 */
export interface PinLock {
  /** `demonstration` where whoever has the unlocked disk can put the count back, as in a browser. */
  readonly kind: 'demonstration' | 'terminal';
  /** Puts `secret` under a PIN, with all tries; what stood there before is gone. */
  set(account: string, pin: string, secret: Uint8Array): Promise<void>;
  open(account: string, pin: string): Promise<Result<Uint8Array, PinFailure>>;
  /** Accounts for which a PIN stands that is not locked. */
  accounts(): Promise<readonly string[]>;
  forget(account: string): Promise<void>;
}
