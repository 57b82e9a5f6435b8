import { err, ok, type Result } from '@tongban/core';
import type { SignInWays } from '@tongban/sync/protocol';

/** Who is signed in, as far as this app needs to know. */
export interface Citizen {
  readonly name: string;
  readonly role: string;
}

export type SignInFailure = 'no-line' | 'wrong-credentials' | 'too-many-attempts' | 'refused';

const path = '/api/v1/session';

/** `undefined` when nobody is, or the centre cannot be reached. */
export async function whoIsSignedIn(): Promise<Citizen | undefined> {
  const answer = await reach('GET');
  return answer?.ok ? citizenOf(await answer.json()) : undefined;
}

/** How one can sign in; `undefined` when the centre cannot be reached. */
export async function waysToSignIn(): Promise<SignInWays | undefined> {
  const answer = await reach('GET', undefined, `${path}/ways`);
  if (answer?.ok !== true) return undefined;
  const { password, provider } = (await answer.json()) as Record<string, unknown>;
  return { password: password === true, provider: provider === true };
}

export async function signIn(
  account: string,
  password: string,
): Promise<Result<Citizen, SignInFailure>> {
  const answer = await reach('POST', { account, password });
  if (answer === undefined) return err('no-line');
  if (answer.status === 401) return err('wrong-credentials');
  if (answer.status === 429) return err('too-many-attempts');
  const citizen = answer.ok ? citizenOf(await answer.json()) : undefined;
  return citizen === undefined ? err('refused') : ok(citizen);
}

export async function signOut(): Promise<boolean> {
  return (await reach('DELETE'))?.ok ?? false;
}

async function reach(method: string, body?: object, to = path): Promise<Response | undefined> {
  try {
    return await fetch(to, {
      method,
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch {
    // No line, or one that leads nowhere in time: the same to the person.
    return undefined;
  }
}

function citizenOf(value: unknown): Citizen | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, role } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof role === 'string' ? { name, role } : undefined;
}
