import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { refusalOf, sendProblem } from '../problem/document.ts';
import { Refusal } from '../problem/refusal.ts';
import { takeJson } from './json.ts';
import { checkWithTypeBox, type TypeBoxProvider } from './schema.ts';

export type Server = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  TypeBoxProvider
>;

/** Largest body where a route says nothing else. */
const jsonLimit = 64 * 1024;

/**
 * The bare server: correlation ids, problem documents, logs without personal data, limits. Routes come after.
 * What is logged of a request is its route's pattern, never its address, query or body.
 */
export function createServer(
  log: FastifyBaseLogger,
  options: { readonly checkAnswers: boolean },
): Server {
  const app = Fastify({
    loggerInstance: log,
    // Fastify's own request lines carry the address; ours below do not.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: jsonLimit,
    // Ten megabytes over the slowest line that terminals still wait for.
    requestTimeout: 900_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    trustProxy: 'loopback',
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      request.correlation ||= randomUUID();
      reply
        .header('x-correlation-id', request.correlation)
        .header('x-content-type-options', 'nosniff');
      sendProblem(refusalOf(error), request, reply as never);
    },
  }).withTypeProvider<TypeBoxProvider>();
  // Headers are small: who sends them drop by drop holds a place for nothing.
  app.server.headersTimeout = 30_000;
  checkWithTypeBox(app as unknown as FastifyInstance, options.checkAnswers);
  app.decorateRequest('correlation', '');
  app.decorateRequest('terminal', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const given = request.headers['x-correlation-id'];
    request.correlation =
      typeof given === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
    reply.header('x-correlation-id', request.correlation);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        correlation: request.correlation,
      },
      'request',
    );
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') {
      request.log.error(
        { correlation: request.correlation, error: traceOf(error) },
        'a route failed',
      );
    }
    return sendProblem(refusal, request, reply as never);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new Refusal('not-found'), request, reply as never),
  );
  // Only what a route asks for is parsed: JSON, and raw bytes where a route says so.
  app.removeContentTypeParser('text/plain');
  takeJson(app as Server);
  return app as Server;
}

/** Where it happened and what kind it was. A message may hold a value somebody typed, so it is left out. */
export function traceOf(error: unknown): {
  readonly name: string;
  readonly code?: string;
  readonly at: readonly string[];
} {
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const at = (stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .map((line) => line.trim());
  return { name: name ?? 'unknown', ...(code === undefined ? {} : { code }), at };
}
