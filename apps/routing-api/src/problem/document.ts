import type { Problem } from '@tongban/sync/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, words } from '../words.ts';
import { type ProblemCode, problemStatus, Refusal } from './refusal.ts';

/** Turns whatever a route threw into what the client is told. A bug is told as nothing but a correlation id. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, statusCode, validation, validationContext } = error as {
    code?: string;
    statusCode?: number;
    validation?: readonly { instancePath?: string; keyword?: string }[];
    validationContext?: string;
  };
  if (validation !== undefined) {
    // Where and which rule, never the value: it may be somebody's name.
    const faults = validation.slice(0, 10).map((fault) => ({
      at: `${validationContext ?? ''}${fault.instancePath ?? ''}`,
      rule: fault.keyword ?? '',
    }));
    return new Refusal('malformed-request', { faults });
  }
  if (statusCode === 413) return new Refusal('too-large');
  if (statusCode === 415) return new Refusal('unsupported-media-type');
  if (isDatabaseAway(code, (error as Error).message)) return new Refusal('unavailable');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Refusal('malformed-request');
  return new Refusal('internal');
}

/**
 * PostgreSQL classes 08 (connection), 53 (resources), 57 (operator intervention) and 55000 (takes no connections),
 * Node's own connection errors, and the two that the driver reports without a code.
 */
function isDatabaseAway(code: string | undefined, message: string): boolean {
  if (code !== undefined)
    return /^(08|53|57)...$|^55000$|^E(CONNREFUSED|CONNRESET|PIPE)$/.test(code);
  return /^Connection terminated|^timeout exceeded when trying to connect/.test(message);
}

export function problemOf(refusal: Refusal, request: FastifyRequest): Problem {
  const code: ProblemCode = refusal.code;
  return {
    type: `/problems/${code}`,
    title: words[languageOf(request.headers['accept-language'])].problem[code],
    status: problemStatus[code],
    code,
    correlation: request.correlation,
    ...refusal.more,
  };
}

export function sendProblem(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, ...rest } = problemOf(refusal, request);
  const retryAfter = refusal.more.retryAfterSeconds;
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter));
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer((value: unknown) => JSON.stringify(value))
    .send({ ...rest, status });
}
