import { err } from '@tongban/core';
import type { Session } from './session.ts';
import type { SessionStore } from './store.ts';

/** The port `Session` without accounts of our own: whoever is signed in came through the identity provider. */
export const noAccounts = ({ find, end }: SessionStore): Session => ({
  signIn: async () => err('no-accounts'),
  find,
  end,
});
