import { err } from '@tongban/core';
import type { Session } from './session.ts';

/** The port `Session` before an identity provider is connected: nobody can sign in. */
export const noSession: Session = {
  signIn: async () => err('no-accounts'),
  find: async () => undefined,
  end: async () => undefined,
};
