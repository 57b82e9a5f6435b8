import { Problem, proofHeader } from '@tongban/sync/protocol';
import type { FastifyRequest } from 'fastify';
import type { Centre } from '../http/context.ts';
import type { Limits } from '../http/limits.ts';
import { proveTerminal, type SeenProofs, type Terminal } from './proof.ts';

/** What the routes of terminals have in common. */
export interface Proven {
  /** Before the body is read: who proves nothing makes the centre parse nothing. */
  readonly onRequest: (request: FastifyRequest) => Promise<void>;
}

export function provenBy(centre: Centre, seen: SeenProofs, limits: Limits): Proven {
  return {
    onRequest: async (request) => {
      const terminal = await proveTerminal(request, centre, seen);
      limits.proven(request, terminal.terminal);
      request.terminal = terminal;
    },
  };
}

/** The terminal that proved itself in this request. */
export function terminalOf({ terminal }: FastifyRequest): Terminal {
  if (terminal === undefined) throw new Error('a route of terminals without a proof');
  return terminal;
}

/** How the OpenAPI document speaks of a route that asks for a proof. */
export const byProof = { tags: ['terminal'], security: [{ proof: [] as string[] }] };

/** What each of them may refuse. */
export const refusals = { 400: Problem, 401: Problem, 403: Problem, 429: Problem } as const;

// The header is named in the OpenAPI document as a security scheme.
export const proofScheme = { proof: { type: 'apiKey', in: 'header', name: proofHeader } } as const;
