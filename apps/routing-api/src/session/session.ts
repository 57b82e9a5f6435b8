import type { Result } from '@tongban/core';
import type { Who } from '@tongban/sync/protocol';

/** Somebody signed in: what the pages may know, and what only the centre needs. */
export interface Person {
  readonly who: Who;
  /** Hall of a counter. */
  readonly hall?: string;
  /** Keyed hash of a citizen's ID number. */
  readonly person?: string;
}

export type SignInFailure = 'wrong-credentials' | 'too-many-attempts' | 'no-accounts';

/** Port: who is signed in. One adapter has the demonstration accounts; production brings an identity provider. */
export interface Session {
  /** Opaque token for the cookie, and who it stands for. */
  signIn(
    account: string,
    password: string,
    from: string,
  ): Promise<Result<{ token: string; person: Person }, SignInFailure>>;
  find(token: string): Promise<Person | undefined>;
  end(token: string): Promise<void>;
}
