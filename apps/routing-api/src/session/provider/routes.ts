import { base64url } from '@tongban/core';
import { Problem, SignInPage, SignInWays } from '@tongban/sync/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Centre } from '../../http/context.ts';
import type { Server } from '../../http/server.ts';
import { Refusal } from '../../problem/refusal.ts';
import { countTry } from '../attempts.ts';
import { cookieOf, sessionCookie } from '../routes.ts';
import { hashToken, type SessionStore } from '../store.ts';
import { beginVouched } from './accounts.ts';
import { vouchedBy } from './claims.ts';
import type { Provider } from './provider.ts';

/** Where each page takes up again; never an address from outside. */
const places: Readonly<Record<SignInPage, string>> = {
  phone: '/phone/sign-in',
  counter: '/counter/',
  departments: '/departments/',
};
const cookieName = 'tongban_signing_in';
/** How long somebody may be at the provider. */
const errandSeconds = 900;

/** Signing in through an OpenID provider, for pages in a browser. */
export function providerRoutes(
  app: Server,
  centre: Centre,
  store: SessionStore,
  provider: Provider | undefined,
): void {
  const tags = ['session'];
  const { database, clock } = centre;
  const secure = centre.demonstration ? '' : '; Secure';
  // Lax: it must come along when the provider sends the browser back. It opens nothing by itself.
  const errandCookie = (value: string, seconds: number) =>
    `${cookieName}=${value}; Path=/api/v1/session; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;

  app.get(
    '/api/v1/session/ways',
    { schema: { summary: 'How one can sign in here', tags, response: { 200: SignInWays } } },
    async () => ({ password: centre.demonstration, provider: provider !== undefined }),
  );

  app.get(
    '/api/v1/session/provider',
    {
      schema: {
        summary: 'To the identity provider',
        description: 'A page of ours sends its browser here. Good once, for a quarter of an hour.',
        tags,
        querystring: Type.Object({ page: SignInPage }),
        response: { 302: Type.Null(), 400: Problem, 403: Problem, 404: Problem, 429: Problem },
      },
    },
    async (request, reply) => {
      if (provider === undefined) throw new Refusal('not-found');
      const { page } = request.query;
      const now = clock.now();
      if (!(await countTry(database, `sign-in from ${request.ip}`, 200, now)))
        throw new Refusal('too-many-attempts', { retryAfterSeconds: 900 });
      const sent = await provider.send(redirectUri(request, provider), asksAnew(page));
      if (!sent.ok) {
        request.log.warn({ correlation: request.correlation, why: sent.error }, 'not sent');
        return away(reply, `${places[page]}?sign-in=${sent.error}`);
      }
      const { url, errand } = sent.value;
      const browser = base64url(centre.random.bytes(32));
      await database.query('delete from sign_ins where expires_at < $1', [now.toISOString()]);
      await database.query(
        `insert into sign_ins (state_hash, browser_hash, nonce, verifier, page, expires_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          hashToken(errand.state),
          hashToken(browser),
          errand.nonce,
          errand.verifier,
          page,
          new Date(now.getTime() + errandSeconds * 1_000).toISOString(),
        ],
      );
      reply.header('set-cookie', errandCookie(browser, errandSeconds));
      return away(reply, url.href);
    },
  );

  app.get(
    '/api/v1/session/callback',
    {
      schema: {
        summary: 'Back from the identity provider',
        description:
          'Counts for the browser that was sent, once. Leads to the page that sent it, with `sign-in=` and a reason if nobody is signed in.',
        tags,
        response: { 302: Type.Null(), 403: Problem, 404: Problem },
      },
    },
    async (request, reply) => {
      if (provider === undefined) throw new Refusal('not-found');
      const ours = redirectUri(request, provider);
      const url = new URL(request.url, ours);
      const state = url.searchParams.get('state') ?? '';
      const { rows } = await database.query<{
        nonce: string;
        verifier: string;
        page: SignInPage;
        browser_hash: string;
        expires_at: string;
      }>('delete from sign_ins where state_hash = $1 returning *', [hashToken(state)]);
      const [errand] = rows;
      reply.header('set-cookie', errandCookie('', 0));
      const no = (page: SignInPage, why: string) => {
        request.log.warn({ correlation: request.correlation, why }, 'nobody signed in');
        return away(reply, `${places[page]}?sign-in=${why}`);
      };
      // Made up, used before, too late, or begun in another browser: the person begins again.
      if (
        errand === undefined ||
        errand.expires_at < clock.now().toISOString() ||
        errand.browser_hash !== hashToken(cookieOf(request, cookieName) ?? '')
      )
        return no(errand?.page ?? 'phone', 'sign-in-over');
      const { page, nonce, verifier } = errand;
      const said = await provider.receive(url, { state, nonce, verifier }, asksAnew(page));
      if (!said.ok) return no(page, said.error);
      const vouched = vouchedBy(said.value, provider.settings);
      if (!vouched.ok) return no(page, vouched.error);
      const { issuer } = provider.settings;
      const token = await beginVouched(centre, store, issuer, vouched.value);
      if (!token.ok) return no(page, token.error);
      reply.header('set-cookie', sessionCookie(centre, token.value));
      return away(reply, places[page]);
    },
  );
}

/** A phone is its owner's; at a desk or counter somebody else may have sat before. */
function asksAnew(page: SignInPage): boolean {
  return page !== 'phone';
}

function away(reply: FastifyReply, to: string): FastifyReply {
  return reply.header('cache-control', 'no-store').code(302).header('location', to).send(null);
}

function redirectUri(request: FastifyRequest, { settings }: Provider): string {
  const origin = `${request.protocol}://${request.host}`;
  if (!settings.origins.includes(origin)) throw new Refusal('foreign-origin');
  return `${origin}/api/v1/session/callback`;
}
