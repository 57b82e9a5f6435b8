import { base64url } from '@tongban/core';
import { CodeSignIn, CodeSignInAsk, CodeSignInState, Problem } from '@tongban/sync/protocol';
import type { FastifyRequest } from 'fastify';
import type { Centre } from '../../http/context.ts';
import type { Server } from '../../http/server.ts';
import { Refusal } from '../../problem/refusal.ts';
import { byProof, type Proven, refusals, terminalOf } from '../../terminal/proven.ts';
import { requireOwnPage, sessionCookie } from '../routes.ts';
import { hashToken, type SessionStore } from '../store.ts';
import { beginVouched } from './accounts.ts';
import { vouchedBy } from './claims.ts';
import type { Provider } from './provider.ts';

interface Row {
  readonly device_code: string;
  readonly interval_seconds: number;
  readonly ask_after: string;
  readonly expires_at: string;
}

/** Added to the interval when the provider is asked too often (RFC 8628, 3.5). */
const slowerBySeconds = 5;

/**
 * Signing in at a counter that shows no page of the provider's: the clerk confirms a code on a device of their own.
 * Only a counter that was admitted may begin, and only staff of its hall come in by it, so that a code sent by a
 * stranger opens nothing elsewhere.
 */
export function codeRoutes(
  app: Server,
  rooms: {
    readonly centre: Centre;
    readonly store: SessionStore;
    readonly provider: Provider | undefined;
  },
  proven: Proven,
): void {
  const { centre, store, provider } = rooms;
  const { database, clock } = centre;
  const answers = { ...refusals, 404: Problem, 503: Problem };
  const later = (now: Date, seconds: number) =>
    new Date(now.getTime() + seconds * 1_000).toISOString();

  function counterOf(request: FastifyRequest): { terminal: string; hall: string } {
    requireOwnPage(request);
    const { terminal, profile, hall } = terminalOf(request);
    if (profile !== 'counter' || hall === undefined) throw new Refusal('not-allowed');
    return { terminal, hall };
  }

  app.post(
    '/api/v1/session/code',
    {
      ...proven,
      bodyLimit: 1_024,
      schema: {
        summary: 'Sign in at a counter by a code',
        description: 'The clerk confirms it on a device of their own (RFC 8628).',
        ...byProof,
        response: { 200: CodeSignIn, ...answers },
      },
    },
    async (request, reply) => {
      const { terminal } = counterOf(request);
      if (provider === undefined) throw new Refusal('not-found');
      const began = await provider.beginByCode();
      if (!began.ok) throw new Refusal('provider-away');
      const { deviceCode, ...shown } = began.value;
      const now = clock.now();
      const handle = base64url(centre.random.bytes(32));
      await database.query('delete from code_sign_ins where expires_at < $1 or terminal = $2', [
        now.toISOString(),
        terminal,
      ]);
      await database.query(
        `insert into code_sign_ins (handle_hash, terminal, device_code, interval_seconds, ask_after, expires_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          hashToken(handle),
          terminal,
          deviceCode,
          shown.intervalSeconds,
          now.toISOString(),
          later(now, shown.expiresInSeconds),
        ],
      );
      reply.header('cache-control', 'no-store');
      return { handle, ...shown };
    },
  );

  app.post(
    '/api/v1/session/code/ask',
    {
      ...proven,
      bodyLimit: 1_024,
      schema: {
        summary: 'Has the code been confirmed?',
        description: 'Once it has, the answer carries the cookie. Asked by the counter that began.',
        ...byProof,
        body: CodeSignInAsk,
        response: { 200: CodeSignInState, ...answers },
      },
    },
    async (request, reply): Promise<CodeSignInState> => {
      const { terminal, hall } = counterOf(request);
      if (provider === undefined) throw new Refusal('not-found');
      reply.header('cache-control', 'no-store');
      const hash = hashToken(request.body.handle);
      const now = clock.now();
      // Taken by one asker at a time; the provider is not asked more often than it wants.
      const { rows } = await database.query<Row>(
        `update code_sign_ins set ask_after = $3
         where handle_hash = $1 and terminal = $2 and ask_after <= $4 returning *`,
        [hash, terminal, later(now, 1), now.toISOString()],
      );
      const [row] = rows;
      if (row === undefined) {
        const known = await database.query(
          'select from code_sign_ins where handle_hash = $1 and terminal = $2',
          [hash, terminal],
        );
        return known.rows.length === 0
          ? { state: 'over', why: 'sign-in-over' }
          : { state: 'waiting' };
      }
      const said = await provider.askByCode(row.device_code);
      // Away for a moment: the code is still good when it is back.
      const waits = !said.ok && ['waiting', 'slower', 'provider-unreachable'].includes(said.error);
      if (waits && row.expires_at > now.toISOString()) {
        const interval = row.interval_seconds + (said.error === 'slower' ? slowerBySeconds : 0);
        await database.query(
          'update code_sign_ins set interval_seconds = $2, ask_after = $3 where handle_hash = $1',
          [hash, interval, later(now, interval)],
        );
        return { state: 'waiting' };
      }
      await database.query('delete from code_sign_ins where handle_hash = $1', [hash]);
      if (!said.ok) return { state: 'over', why: waits ? 'sign-in-over' : 'provider-refused' };
      const vouched = vouchedBy(said.value, provider.settings);
      if (!vouched.ok) return { state: 'over', why: vouched.error };
      if (vouched.value.role !== 'counter' || vouched.value.hall !== hall)
        return { state: 'over', why: 'not-this-counter' };
      const token = await beginVouched(centre, store, provider.settings.issuer, vouched.value);
      if (!token.ok) return { state: 'over', why: token.error };
      reply.header('set-cookie', sessionCookie(centre, token.value));
      return { state: 'signed-in' };
    },
  );
}
