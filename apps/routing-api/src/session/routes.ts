import { Problem, SignInRequest, Who } from '@tongban/sync/protocol';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import type { Person, Session } from './session.ts';
import { sessionSeconds } from './store.ts';

const cookieName = 'tongban_session';

/** The signed-in person behind a request, if any. */
export async function personOf(
  request: FastifyRequest,
  session: Session,
): Promise<Person | undefined> {
  const token = tokenOf(request);
  return token === undefined ? undefined : session.find(token);
}

/** The signed-in person, of one of these roles. Throws a {@link Refusal}. */
export async function requirePerson(
  request: FastifyRequest,
  session: Session,
  roles?: readonly Who['role'][],
): Promise<Person> {
  const person = await personOf(request, session);
  if (person === undefined) throw new Refusal('not-signed-in');
  if (roles !== undefined && !roles.includes(person.who.role)) throw new Refusal('not-allowed');
  return person;
}

/**
 * Refuses what another website made a browser send: SameSite=Strict already keeps the cookie back, this stands behind
 * it. A form cannot send JSON or a header of its own, and other methods need a preflight that is never answered.
 */
export function requireOwnPage(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Refusal('foreign-origin');
  const { origin } = request.headers;
  if (origin !== undefined && URL.parse(origin)?.host !== request.host)
    throw new Refusal('foreign-origin');
  const json = (request.headers['content-type'] ?? '').startsWith('application/json');
  const marked = request.headers['x-tongban'] !== undefined;
  if (request.method === 'POST' && !json && !marked) throw new Refusal('foreign-origin');
}

/** The cookie of a session; kept from the page's script and from other websites. */
export function sessionCookie(
  { demonstration }: Pick<Centre, 'demonstration'>,
  token: string,
  seconds: number = sessionSeconds,
): string {
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${demonstration ? '' : '; Secure'}`;
}

export function sessionRoutes(app: Server, centre: Centre, session: Session): void {
  const tags = ['session'];
  app.post(
    '/api/v1/session',
    {
      bodyLimit: 4_096,
      schema: {
        summary: 'Sign in',
        description:
          'Demonstration accounts only. The cookie is HttpOnly and SameSite=Strict and lasts eight hours.',
        tags,
        body: SignInRequest,
        response: { 200: Who, 401: Problem, 403: Problem, 429: Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      requireOwnPage(request);
      const signedIn = await session.signIn(
        request.body.account,
        request.body.password,
        request.ip,
      );
      if (!signedIn.ok) {
        throw new Refusal(
          signedIn.error,
          signedIn.error === 'too-many-attempts' ? { retryAfterSeconds: 900 } : {},
        );
      }
      reply
        .header('set-cookie', sessionCookie(centre, signedIn.value.token))
        .header('cache-control', 'no-store');
      return signedIn.value.person.who;
    },
  );
  app.get(
    '/api/v1/session',
    { schema: { summary: 'Who is signed in?', tags, response: { 200: Who, 401: Problem } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return (await requirePerson(request, session)).who;
    },
  );
  app.delete(
    '/api/v1/session',
    { schema: { summary: 'Sign out', tags, response: { 204: Type.Null(), 403: Problem } } },
    async (request, reply) => {
      requireOwnPage(request);
      const token = tokenOf(request);
      if (token !== undefined) await session.end(token);
      return reply
        .header('set-cookie', sessionCookie(centre, '', 0))
        .header('cache-control', 'no-store')
        .code(204)
        .send(null);
    },
  );
}

function tokenOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, cookieName);
}

/** A cookie of ours: 256 random bits in base64url; anything else under its name is none. */
export function cookieOf(request: FastifyRequest, wanted: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === wanted && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return undefined;
}
