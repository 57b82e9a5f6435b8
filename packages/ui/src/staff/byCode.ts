import type { Result } from '@tongban/core';
import type { CodeSignIn, CodeSignInState } from '@tongban/sync/protocol';

/** Why signing in by a code came to nothing; each has a sentence under `staff:signIn.refused`. */
export type CodeRefusal =
  | Extract<CodeSignInState, { state: 'over' }>['why']
  /** Nothing answered. */
  | 'no-line'
  /** The centre declines, or this counter may not. */
  | 'not-here';

/** Signs staff in at a place that shows no page but its own. */
export interface StaffByCode {
  begin(): Promise<Result<CodeSignIn, CodeRefusal>>;
  ask(handle: string): Promise<Result<CodeSignInState, 'no-line'>>;
}
