import { finished } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../problem/refusal.ts';
import type { Server } from './server.ts';

const megabyte = 1024 * 1024;

/** Bytes of bodies that may be under way at a time in one process; they lie in its memory until they are answered. */
export interface BodyBounds {
  /** Below this a body is not counted. */
  readonly small: number;
  /** Bodies above `large` share `ofLarge`, those below it `ofOthers`: big parcels never shut out envelopes. */
  readonly large: number;
  readonly ofLarge: number;
  readonly ofOthers: number;
  readonly ofOneTerminal: number;
}

const usual: BodyBounds = {
  small: 64 * 1024,
  large: megabyte,
  ofLarge: 256 * megabyte,
  ofOthers: 128 * megabyte,
  ofOneTerminal: 128 * megabyte,
};

/** Refuses a body (503, try again shortly) for which there is no room now. Asked after the proof, before a byte is read. */
export function boundBodies(app: Server, bounds: BodyBounds = usual): void {
  const underWay = { large: 0, others: 0 };
  const ofTerminals = new Map<string, number>();

  app.addHook('preParsing', async (request, reply, payload) => {
    const size = sizeOf(request);
    if (size <= bounds.small) return payload;
    const kind = size > bounds.large ? 'large' : 'others';
    const most = kind === 'large' ? bounds.ofLarge : bounds.ofOthers;
    const who = request.terminal?.terminal ?? request.ip;
    const own = ofTerminals.get(who) ?? 0;
    if (underWay[kind] + size > most || own + size > bounds.ofOneTerminal)
      throw new Refusal('unavailable', { retryAfterSeconds: 5 });
    underWay[kind] += size;
    ofTerminals.set(who, own + size);
    finished(reply.raw, () => {
      underWay[kind] -= size;
      const left = (ofTerminals.get(who) ?? 0) - size;
      if (left > 0) ofTerminals.set(who, left);
      else ofTerminals.delete(who);
    });
    return payload;
  });
}

/** What it says it will be; a body of unknown length may become as large as its route allows. */
function sizeOf({ headers, routeOptions }: FastifyRequest): number {
  const most = routeOptions.bodyLimit ?? Number.MAX_SAFE_INTEGER;
  if (headers['content-length'] !== undefined)
    return Math.min(Number(headers['content-length']) || 0, most);
  return headers['transfer-encoding'] === undefined ? 0 : most;
}
