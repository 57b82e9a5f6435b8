import type { FastifyBaseLogger } from 'fastify';
import pino from 'pino';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';
/** Where log lines (JSON, one a line) go; a level alone means standard error. */
export type LogTarget =
  | LogLevel
  | { readonly level?: LogLevel; readonly stream: pino.DestinationStream };

/**
 * The log. It names routes, codes, numbers and correlation ids; nothing a person typed, no secret, no body.
 * Requests and errors that reach it by mistake are reduced to what is harmless.
 */
export function createLog(target: LogTarget = 'info'): FastifyBaseLogger {
  const level = typeof target === 'string' ? target : (target.level ?? 'info');
  const stream = typeof target === 'string' ? pino.destination(2) : target.stream;
  return pino(
    {
      level,
      base: { app: 'routing-api' },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        req: ({ method }: { method?: string }) => ({ method }),
        res: ({ statusCode }: { statusCode?: number }) => ({ status: statusCode }),
        err: ({ name, code }: { name?: string; code?: string }) => ({ name, code }),
      },
    },
    stream,
  );
}
