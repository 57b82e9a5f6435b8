import { ChangesAnswer, Problem, Scope, StatusAnswer, StatusRequest } from '@tongban/sync/protocol';
import Type from 'typebox';
import { rawBytes } from '../http/bytes.ts';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { personOf } from '../session/routes.ts';
import type { Session } from '../session/session.ts';
import { byProof, type Proven, refusals, terminalOf } from '../terminal/proven.ts';
import { askStatus } from './ask.ts';
import { changesSince, innerScope } from './changes.ts';
import type { Streams } from './stream.ts';

interface StatusRooms {
  readonly centre: Centre;
  readonly session: Session;
  readonly streams: Streams;
}

/** What the centre tells terminals: changes by pulling, news as they come, one receipt at a time. */
export function statusRoutes(app: Server, rooms: StatusRooms, proven: Proven): void {
  const { centre, session, streams } = rooms;
  app.get(
    '/api/v1/changes/:scope',
    {
      ...proven,
      schema: {
        summary: 'What changed in a scope since a checkpoint',
        description:
          '`status` is the public half of the cases of this terminal’s hall, or of this phone.',
        ...byProof,
        params: Type.Object({ scope: Scope }),
        querystring: Type.Object({
          epoch: Type.Optional(Type.String({ maxLength: 64 })),
          seq: Type.Integer({ minimum: 0, default: 0 }),
          limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
        }),
        response: { 200: ChangesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const scope = innerScope(request.params.scope, terminalOf(request));
      const { epoch, seq, limit } = request.query;
      reply.header('cache-control', 'no-store');
      return changesSince(centre, scope, { epoch, seq }, limit);
    },
  );

  app.get(
    '/api/v1/stream',
    {
      ...proven,
      schema: {
        summary: 'Live news, one JSON object a line',
        description:
          'Says that a scope changed; the rows come by pulling. A beat every 15 seconds.',
        ...byProof,
        response: { 200: rawBytes, ...refusals },
      },
      config: { answerContent: { 'application/x-ndjson': { schema: { type: 'string' } } } },
    },
    async (request, reply) => {
      const stream = await streams.open(terminalOf(request));
      reply
        .type('application/x-ndjson')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no');
      return reply.send(stream);
    },
  );

  app.post(
    '/api/v1/status',
    {
      ...proven,
      bodyLimit: 4_096,
      schema: {
        summary: 'How far is a case?',
        description:
          'A receipt opens the public half; the private half also needs the ID number or a signed-in citizen.',
        ...byProof,
        body: StatusRequest,
        response: { 200: StatusAnswer, ...refusals, 404: Problem },
      },
    },
    async (request, reply) => {
      const { terminal } = terminalOf(request);
      const person = (await personOf(request, session))?.person;
      const asked = await askStatus(centre, request.body, { terminal, person });
      if (!asked.ok)
        throw new Refusal(
          asked.error,
          asked.error === 'too-many-attempts' ? { retryAfterSeconds: 900 } : {},
        );
      reply.header('cache-control', 'no-store');
      return asked.value;
    },
  );
}
