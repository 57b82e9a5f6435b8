import { EnrolAnswer, EnrolRequest } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import type { Authority } from './authority.ts';
import { enrol } from './enrol.ts';
import { proveKey, type SeenProofs } from './proof.ts';
import { byProof, refusals } from './proven.ts';

/** How a terminal comes to be known. */
export function terminalRoutes(
  app: Server,
  centre: Centre,
  authority: Authority | undefined,
  seen: SeenProofs,
): void {
  app.post(
    '/api/v1/terminals',
    {
      bodyLimit: 8_192,
      schema: {
        summary: 'Enrol a terminal',
        description:
          'At each start. Demonstration takes in whoever proves a key; production asks kiosks and counters for a code.',
        ...byProof,
        body: EnrolRequest,
        response: { 200: EnrolAnswer, ...refusals },
      },
    },
    async (request) => {
      const key = await proveKey(request, centre, seen);
      const { x, y } = request.body.jwk;
      if (key.jwk.x !== x || key.jwk.y !== y) throw new Refusal('proof-wrong-request');
      const enrolled = await enrol(centre, authority, {
        terminal: key.terminal,
        request: request.body,
        from: request.ip,
        correlation: request.correlation,
      });
      if (!enrolled.ok) throw new Refusal(enrolled.error);
      return enrolled.value;
    },
  );
}
