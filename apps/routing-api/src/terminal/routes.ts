import type { Readable } from 'node:stream';
import { Envelope } from '@tongban/core';
import {
  ChangesAnswer,
  EnrolAnswer,
  EnrolRequest,
  FileAnswer,
  HandoverState,
  Problem,
  proofHeader,
  Scope,
  StatusAnswer,
  StatusRequest,
  SubmitAnswer,
} from '@tongban/sync/protocol';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import Value from 'typebox/value';
import { fileLimit, mayStore, storeFile } from '../custody/files.ts';
import { takeIntoCustody } from '../custody/takeIntoCustody.ts';
import { giveParcel, reclaimParcel, stateOfParcel, takeParcel } from '../handover/handover.ts';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { personOf } from '../session/routes.ts';
import type { Session } from '../session/session.ts';
import { askStatus } from '../status/ask.ts';
import { changesSince, innerScope } from '../status/changes.ts';
import type { Streams } from '../status/stream.ts';
import type { Authority } from './authority.ts';
import { enrol } from './enrol.ts';
import { proveKey, proveTerminal, rememberProofs, type Terminal } from './proof.ts';

/** Largest offer: fifty envelopes of the largest size. */
const envelopesLimit = 52 * 1024 * 1024;
/** Largest parcel of a hand-over: a draft with its photographs. */
const parcelLimit = 64 * 1024 * 1024;
const hash = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const locator = Type.Object({ locator: Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' }) });
const octets = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
/** Bytes as they are; their type stands in the route's `answerContent`. */
const raw = Type.Unsafe<Readable | Buffer>({});
const refusals = { 400: Problem, 401: Problem, 403: Problem, 429: Problem } as const;

/** A row of another shape is refused by itself; it must not hold up the rows beside it. */
const LooseSubmit = Type.Object(
  {
    envelopes: Type.Array(
      Type.Union([Envelope, Type.Object({ submissionId: Type.String({ maxLength: 100 }) })]),
      {
        minItems: 1,
        maxItems: 50,
      },
    ),
  },
  { additionalProperties: false },
);

export interface TerminalRooms {
  readonly centre: Centre;
  readonly authority: Authority | undefined;
  readonly session: Session;
  readonly streams: Streams;
  /** Called after custody, so that judging begins at once. */
  readonly judgeSoon: () => void;
}

/** What terminals ask: each request carries a proof by the terminal's own key. */
export function terminalRoutes(app: Server, rooms: TerminalRooms): void {
  const { centre, authority, session, streams } = rooms;
  const seen = rememberProofs();
  const tags = ['terminal'];
  const security = [{ proof: [] }];
  // Before the body is read: who proves nothing makes the centre parse nothing.
  const proven = {
    onRequest: async (request: FastifyRequest) => {
      request.terminal = await proveTerminal(request, centre, seen);
    },
  };
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  );

  app.post(
    '/api/v1/terminals',
    {
      bodyLimit: 8_192,
      schema: {
        summary: 'Enrol a terminal',
        description:
          'At each start. Demonstration takes in whoever proves a key; production asks kiosks and counters for a code.',
        tags,
        security,
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

  app.put(
    '/api/v1/files/:address',
    {
      ...proven,
      bodyLimit: fileLimit,
      schema: {
        summary: 'Store one encrypted file under the SHA-256 of its ciphertext',
        description: 'Idempotent. At most 10.5 MB.',
        tags,
        security,
        params: Type.Object({ address: hash }),
        response: { 200: FileAnswer, ...refusals, 413: Problem, 415: Problem, 422: Problem },
      },
      config: { requestContent: octets },
    },
    async (request) => {
      const bytes = request.body;
      if (!Buffer.isBuffer(bytes)) throw new Refusal('unsupported-media-type');
      const { address } = request.params;
      if (!(await mayStore(centre, terminalOf(request), bytes.length)))
        throw new Refusal('too-many-requests', { retryAfterSeconds: 3_600 });
      const stored = await storeFile(
        centre.database,
        address,
        bytes,
        terminalOf(request).terminal,
        centre.clock.now().toISOString(),
      );
      if (!stored) throw new Refusal('address-mismatch');
      return { address, size: bytes.length };
    },
  );

  app.post(
    '/api/v1/envelopes',
    {
      ...proven,
      bodyLimit: envelopesLimit,
      schema: {
        summary: 'Offer sealed envelopes',
        description:
          'One verdict a row. `received` means: in custody, in a committed transaction. Offering again gives the first receipt.',
        tags,
        security,
        body: LooseSubmit,
        response: { 200: SubmitAnswer, ...refusals, 413: Problem },
      },
    },
    async (request) => {
      const { terminal } = terminalOf(request);
      const verdicts: SubmitAnswer['verdicts'] = [];
      for (const row of request.body.envelopes) {
        if (!Value.Check(Envelope, row)) {
          const older = 'protocol' in row && typeof row.protocol === 'number' && row.protocol < 1;
          const reason = older ? 'protocol-too-old' : 'malformed';
          verdicts.push({ submissionId: row.submissionId, verdict: 'refused', reason });
          continue;
        }
        const arrival = {
          envelope: row,
          sentBy: terminal,
          correlation: request.correlation,
        };
        verdicts.push(await takeIntoCustody(centre, arrival));
      }
      if (verdicts.some((verdict) => verdict.verdict === 'received')) rooms.judgeSoon();
      return { epoch: await centre.epoch(), verdicts };
    },
  );

  app.get(
    '/api/v1/changes/:scope',
    {
      ...proven,
      schema: {
        summary: 'What changed in a scope since a checkpoint',
        description:
          '`status` is the public half of the cases of this terminal’s hall, or of this phone.',
        tags,
        security,
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
        tags,
        security,
        response: { 200: raw, ...refusals },
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
        tags,
        security,
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

  app.put(
    '/api/v1/handovers/:locator',
    {
      ...proven,
      bodyLimit: parcelLimit,
      schema: {
        summary: 'Leave the ciphertext of a draft for another device',
        tags,
        security,
        params: locator,
        response: { 200: HandoverState, ...refusals, 409: Problem, 413: Problem, 415: Problem },
      },
      config: { requestContent: octets },
    },
    async (request) => {
      const { terminal } = terminalOf(request);
      const { body } = request;
      if (!Buffer.isBuffer(body)) throw new Refusal('unsupported-media-type');
      const given = await giveParcel(centre, request.params.locator, terminal, body);
      if (!given.ok) throw new Refusal(given.error);
      return given.value;
    },
  );
  app.get(
    '/api/v1/handovers/:locator',
    {
      ...proven,
      schema: {
        summary: 'Where a hand-over stands',
        tags,
        security,
        params: locator,
        response: { 200: HandoverState, ...refusals, 404: Problem },
      },
    },
    async (request, reply) => {
      const state = await stateOfParcel(centre, request.params.locator);
      if (!state.ok) throw new Refusal(state.error);
      reply.header('cache-control', 'no-store');
      return state.value;
    },
  );
  app.post(
    '/api/v1/handovers/:locator/take',
    {
      ...proven,
      schema: {
        summary: 'Take the ciphertext of a draft; one taker',
        tags,
        security,
        params: locator,
        response: { 200: raw, ...refusals, 404: Problem, 410: Problem },
      },
      config: { answerContent: octets },
    },
    async (request, reply) => {
      const { terminal } = terminalOf(request);
      const taken = await takeParcel(centre, request.params.locator, terminal);
      if (!taken.ok) throw new Refusal(taken.error);
      return reply
        .type('application/octet-stream')
        .header('cache-control', 'no-store')
        .send(taken.value);
    },
  );
  app.post(
    '/api/v1/handovers/:locator/reclaim',
    {
      ...proven,
      schema: {
        summary: 'Take a draft back that nobody took',
        tags,
        security,
        params: locator,
        response: { 200: HandoverState, ...refusals, 404: Problem },
      },
    },
    async (request) => {
      const { terminal } = terminalOf(request);
      const state = await reclaimParcel(centre, request.params.locator, terminal);
      if (!state.ok) throw new Refusal(state.error);
      return state.value;
    },
  );
}

function terminalOf({ terminal }: FastifyRequest): Terminal {
  if (terminal === undefined) throw new Error('a route of terminals without a proof');
  return terminal;
}

// The header is named in the OpenAPI document as a security scheme.
export const proofScheme = { proof: { type: 'apiKey', in: 'header', name: proofHeader } } as const;
