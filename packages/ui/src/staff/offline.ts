import type { Catalogue, Result } from '@tongban/core';
import type { Who } from '@tongban/sync/protocol';

/** What lets a page begin that works without the line. */
export interface WithoutLine {
  readonly who: Who;
  readonly catalogue: Catalogue;
}

/** Why a PIN lets nobody in. `over`: the time that the centre gave has passed. */
export type UnlockRefusal =
  | { readonly reason: 'wrong-pin'; readonly left: number }
  | { readonly reason: 'locked' | 'none' | 'over' };

/** Clerks of this machine while there is no line. */
export interface StaffOffline {
  /** Who may try a PIN here. */
  accounts(): Promise<readonly string[]>;
  unlock(account: string, pin: string): Promise<Result<WithoutLine, UnlockRefusal>>;
  /** Somebody signed in with a line. */
  signedIn(account: string): void;
}
