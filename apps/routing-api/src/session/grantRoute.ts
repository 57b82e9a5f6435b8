import { GrantAnswer, Problem } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { byProof, type Proven, refusals, terminalOf } from '../terminal/proven.ts';
import { requireOwnPage, requirePerson } from './routes.ts';
import type { Session } from './session.ts';

/** Lets a clerk who is signed in go on at this counter when the line goes. */
export function grantRoute(app: Server, centre: Centre, session: Session, proven: Proven): void {
  app.post(
    '/api/v1/session/grant',
    {
      ...proven,
      bodyLimit: 1_024,
      schema: {
        summary: 'A grant to work here without a line',
        description:
          'For counter staff at a counter of their hall. It opens nothing at the centre.',
        ...byProof,
        response: { 200: GrantAnswer, ...refusals, 401: Problem },
      },
    },
    async (request, reply) => {
      requireOwnPage(request);
      const { terminal, profile, hall } = terminalOf(request);
      const person = await requirePerson(request, session, ['counter']);
      if (profile !== 'counter' || hall === undefined || person.hall !== hall)
        throw new Refusal('not-allowed');
      const { jws, grant } = await centre.grants.issue({ who: person.who, hall, terminal });
      await centre.database.transaction(async (unit) => {
        unit.audit({
          event: 'session.granted',
          actor: person.who.account,
          subject: terminal,
          correlation: request.correlation,
          detail: { until: grant.until },
        });
      });
      reply.header('cache-control', 'no-store');
      return { grant: jws };
    },
  );
}
