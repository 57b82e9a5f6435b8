import {
  CaseEvent,
  CaseState,
  Envelope,
  Filing,
  IdentityEvidence,
  PublicStatus,
} from '@tongban/core';
import {
  ActionRequest,
  CaseDetail,
  CaseRow,
  CasesAnswer,
  ChangesAnswer,
  Checkpoint,
  EnrolAnswer,
  EnrolRequest,
  FileAnswer,
  HandoverState,
  HealthReport,
  PrivateNote,
  ProbeAnswer,
  Problem,
  RegisterFinding,
  Scope,
  SearchRequest,
  SignInRequest,
  StatusAnswer,
  StatusRequest,
  SubmitAnswer,
  TerminalHealth,
  TrailLine,
  Verdict,
  Who,
} from '@tongban/sync/protocol';
import type { FastifySchema, RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import type { Server } from '../http/server.ts';
import { proofScheme } from '../terminal/proven.ts';

declare module 'fastify' {
  interface FastifySchema {
    summary?: string;
    description?: string;
    tags?: readonly string[];
    security?: readonly Readonly<Record<string, readonly string[]>>[];
    hide?: boolean;
  }
  interface FastifyContextConfig {
    /** Media types of a body that is no JSON. */
    requestContent?: unknown;
    /** Media types of an answer that is no JSON. */
    answerContent?: unknown;
  }
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: FastifySchema['security'];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: unknown;
  }[];
  readonly requestBody?: { readonly required: true; readonly content: unknown };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: unknown }>
  >;
}

export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly securitySchemes: unknown;
  };
}

/** Schemas that have a name of their own in the document; anything else stands where it is used. */
const named = new Map<object, string>(
  Object.entries({
    ActionRequest,
    CaseDetail,
    CaseEvent,
    CaseRow,
    CaseState,
    CasesAnswer,
    ChangesAnswer,
    Checkpoint,
    EnrolAnswer,
    EnrolRequest,
    Envelope,
    FileAnswer,
    Filing,
    HandoverState,
    HealthReport,
    IdentityEvidence,
    PrivateNote,
    ProbeAnswer,
    Problem,
    PublicStatus,
    RegisterFinding,
    Scope,
    SearchRequest,
    SignInRequest,
    StatusAnswer,
    StatusRequest,
    SubmitAnswer,
    TerminalHealth,
    TrailLine,
    Verdict,
    Who,
  }).map(([name, schema]) => [schema, name]),
);

/** Collects every route as it is registered; the document is made from the schemas that check its requests. */
export function collectOperations(app: Server): () => OpenApi {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.schema?.hide) return;
    if (route.schema?.summary !== undefined) routes.push(route);
    else if (route.url.startsWith('/api/'))
      throw new Error(`${route.method} ${route.url} is missing from the OpenAPI document`);
  });
  // Beside a GET a HEAD is only Fastify's; where it stands alone it is ours.
  const own = ({ method, url }: RouteOptions) =>
    method !== 'HEAD' || !routes.some((one) => one.method === 'GET' && one.url === url);
  return () => documentOf(routes.filter(own));
}

function documentOf(routes: readonly RouteOptions[]): OpenApi {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes.toSorted((a, b) => a.url.localeCompare(b.url))) {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    const methods = paths[path] ?? {};
    paths[path] = methods;
    for (const method of [route.method].flat())
      methods[method.toLowerCase()] = operationOf(route, method, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tongban routing API',
      version: '1',
      description:
        'Takes sealed applications into custody, routes them to departments and tells terminals what changed. Every error is a problem document (RFC 9457) with a code and a correlation id.',
    },
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b))),
      securitySchemes: {
        proof: {
          ...proofScheme.proof,
          description:
            'Proof of possession by the terminal’s own key, one a request (RFC 9449 in form).',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'tongban_session' },
      },
    },
  };
}

function operationOf(
  route: RouteOptions,
  method: string,
  schemas: Record<string, unknown>,
): Operation {
  const {
    summary = '',
    description,
    tags = [],
    security,
    body,
    params,
    querystring,
    response,
  } = route.schema ?? {};
  const content =
    body === undefined ? route.config?.requestContent : jsonOf(body as TSchema, schemas);
  return {
    operationId: `${method.toLowerCase()}${route.url.replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(description === undefined ? {} : { description }),
    tags,
    ...(security === undefined ? {} : { security }),
    parameters: [
      ...parametersOf('path', params as TSchema | undefined, schemas),
      ...parametersOf('query', querystring as TSchema | undefined, schemas),
      ...parametersOf('header', route.schema?.headers as TSchema | undefined, schemas),
    ],
    ...(content === undefined ? {} : { requestBody: { required: true as const, content } }),
    responses: {
      ...Object.fromEntries(
        Object.entries((response ?? {}) as Record<string, TSchema>).map(([status, schema]) => [
          status,
          answerOf(status, schema, route.config?.answerContent, schemas),
        ]),
      ),
      // What any route may answer: too many requests, too large, unavailable.
      default: answerOf('default', Problem, undefined, schemas),
    },
  };
}

function answerOf(
  status: string,
  schema: TSchema,
  other: unknown,
  schemas: Record<string, unknown>,
) {
  if (schema === (Problem as TSchema)) {
    return {
      description: 'Problem',
      content: { 'application/problem+json': { schema: shown(schema, schemas) } },
    };
  }
  if (status === '204') return { description: 'Done' };
  return { description: 'Answer', content: other ?? jsonOf(schema, schemas) };
}

function jsonOf(schema: TSchema, schemas: Record<string, unknown>) {
  return { 'application/json': { schema: shown(schema, schemas) } };
}

function parametersOf(
  place: string,
  schema: TSchema | undefined,
  schemas: Record<string, unknown>,
) {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name) && !('default' in property),
    schema: shown(property, schemas),
  }));
}

/** The schema as plain JSON, with named ones moved to the components. */
function shown(value: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((part) => shown(part, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const name = named.get(value);
  const plain = () =>
    Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shown(part, schemas)]));
  if (name === undefined) return plain();
  if (!(name in schemas)) {
    schemas[name] = {};
    schemas[name] = plain();
  }
  return { $ref: `#/components/schemas/${name}` };
}
