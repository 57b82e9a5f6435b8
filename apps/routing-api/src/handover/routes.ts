import { givenByHeader, HandoverState, Problem } from '@tongban/sync/protocol';
import Type from 'typebox';
import { mayStore } from '../custody/files.ts';
import { octets, rawBytes } from '../http/bytes.ts';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { byProof, type Proven, refusals, terminalOf } from '../terminal/proven.ts';
import { giveParcel, reclaimParcel, stateOfParcel, takeParcel } from './handover.ts';

/** Largest parcel of a hand-over: a draft with its photographs. */
const parcelLimit = 64 * 1024 * 1024;
const locator = Type.Object({ locator: Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' }) });

/** Drafts on their way from one device to another. */
export function handoverRoutes(app: Server, centre: Centre, proven: Proven): void {
  app.put(
    '/api/v1/handovers/:locator',
    {
      ...proven,
      bodyLimit: parcelLimit,
      schema: {
        summary: 'Leave the ciphertext of a draft for another device',
        ...byProof,
        params: locator,
        response: { 200: HandoverState, ...refusals, 409: Problem, 413: Problem, 415: Problem },
      },
      config: { requestContent: octets },
    },
    async (request) => {
      const giver = terminalOf(request);
      const { body } = request;
      if (!Buffer.isBuffer(body)) throw new Refusal('unsupported-media-type');
      if (!(await mayStore(centre, giver, body.length)))
        throw new Refusal('too-many-requests', { retryAfterSeconds: 3_600 });
      const given = await giveParcel(centre, request.params.locator, giver.terminal, body);
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
        ...byProof,
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
        ...byProof,
        params: locator,
        response: { 200: rawBytes, ...refusals, 404: Problem, 410: Problem },
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
        .header(givenByHeader, taken.value.givenBy)
        .send(taken.value.ciphertext);
    },
  );
  app.post(
    '/api/v1/handovers/:locator/reclaim',
    {
      ...proven,
      schema: {
        summary: 'Take a draft back that nobody took',
        ...byProof,
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
