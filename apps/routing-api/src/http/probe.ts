import { oldestProtocol, ProbeAnswer, Problem, protocolVersion } from '@tongban/sync/protocol';
import Type from 'typebox';
import type { Centre } from './context.ts';
import type { Server } from './server.ts';

/** Whether the centre is there: for terminals (`probe`) and for whoever watches the process (`healthz`). */
export function probeRoutes(app: Server, centre: Centre): void {
  app.get(
    '/api/v1/probe',
    {
      schema: {
        summary: 'Is this the centre?',
        description:
          'Echoes the nonce, which a captive portal cannot, and tells time, epoch and catalogue version.',
        tags: ['terminal'],
        querystring: Type.Object({
          nonce: Type.String({ minLength: 8, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' }),
        }),
        response: { 200: ProbeAnswer, 400: Problem },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return {
        centre: 'tongban' as const,
        nonce: request.query.nonce,
        time: centre.clock.now().toISOString(),
        epoch: await centre.epoch(),
        protocol: protocolVersion,
        oldest: oldestProtocol,
        catalogueVersion: centre.catalogue.version,
        demonstration: centre.demonstration,
      };
    },
  );
  app.get(
    '/healthz',
    {
      schema: {
        summary: 'Can it serve?',
        description: '200 once the database answers; 503 while it does not.',
        tags: ['operation'],
        response: { 200: Type.Object({ status: Type.Literal('ok') }), 503: Problem },
      },
    },
    async (_, reply) => {
      reply.header('cache-control', 'no-store');
      await centre.database.query('select 1');
      return { status: 'ok' as const };
    },
  );
}
