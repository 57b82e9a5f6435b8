import { HealthReport, Problem, TerminalsAnswer } from '@tongban/sync/protocol';
import Type from 'typebox';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { requirePerson } from '../session/routes.ts';
import type { Session } from '../session/session.ts';
import { byProof, type Proven, refusals, terminalOf } from '../terminal/proven.ts';
import { keepReport, terminalsOf } from './health.ts';

/** How terminals stand: each says it of itself, staff see those of their hall. */
export function healthRoutes(app: Server, centre: Centre, session: Session, proven: Proven): void {
  app.put(
    '/api/v1/terminals/self/health',
    {
      ...proven,
      bodyLimit: 4_096,
      schema: {
        summary: 'Say how this terminal stands',
        description: 'At most once a minute. Numbers and times, nothing of any person.',
        ...byProof,
        body: HealthReport,
        response: { 200: Type.Object({}), ...refusals },
      },
    },
    async (request) => {
      const { terminal, profile } = terminalOf(request);
      // A citizen's phone is nobody's to look after: what it says of itself is not kept.
      if (profile === 'phone') throw new Refusal('not-allowed');
      await keepReport(centre, terminal, request.body);
      return {};
    },
  );

  app.get(
    '/api/v1/terminals',
    {
      schema: {
        summary: 'How the terminals of a hall stand',
        description: 'A counter sees its own hall; a supervisor of no hall sees all.',
        tags: ['terminal'],
        security: [{ session: [] as string[] }],
        response: { 200: TerminalsAnswer, 401: Problem, 403: Problem },
      },
    },
    async (request, reply) => {
      const { who, hall } = await requirePerson(request, session, ['counter', 'supervisor']);
      if (who.role === 'counter' && hall === undefined) throw new Refusal('not-allowed');
      reply.header('cache-control', 'no-store');
      return {
        asOf: centre.clock.now().toISOString(),
        catalogueVersion: centre.catalogue.version,
        terminals: await terminalsOf(centre, hall),
      };
    },
  );
}
