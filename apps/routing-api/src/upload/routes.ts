import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Problem } from '@tongban/sync/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { fileLimit } from '../custody/files.ts';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { Refusal } from '../problem/refusal.ts';
import { byProof, type Proven, refusals, terminalOf } from '../terminal/proven.ts';
import {
  appendToUpload,
  beginUpload,
  endUpload,
  findUpload,
  type Upload,
  type UploadKey,
} from './store.ts';

const version = '1.0.0';
const root = '/api/v1/uploads';
const address = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const named = { params: Type.Object({ address }) };
/** So many bytes are committed at a time: what a cut can cost, against what each commit costs. */
const commitEvery = 256 * 1024;
const partType = 'application/offset+octet-stream';
const partContent = { [partType]: { schema: { type: 'string', format: 'binary' } } };
const nothing = Type.Null();

/**
 * Files in parts that can be resumed after any cut: tus 1.0.0 with creation, creation-with-upload, checksum, expiration
 * and termination. The URL of an upload is the file's address, so a terminal that forgot everything finds it again.
 */
export function uploadRoutes(app: Server, centre: Centre, proven: Proven): void {
  // Bytes are taken as they come: what was committed when the line breaks stays.
  app.addContentTypeParser(partType, (_, payload, done) => done(null, payload));

  const spoken = {
    onRequest: [
      // Before the proof: a client of another version is told which one is spoken here.
      async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('tus-resumable', version).header('cache-control', 'no-store');
        if (request.headers['tus-resumable'] === version) return;
        reply.header('tus-version', version);
        throw new Refusal('upload-version');
      },
      proven.onRequest,
    ],
  };

  app.options(
    root,
    {
      schema: {
        summary: 'What this server can do with uploads (tus 1.0.0)',
        tags: ['terminal'],
        response: { 204: nothing },
      },
    },
    async (_, reply) =>
      reply
        .code(204)
        .headers({
          'tus-resumable': version,
          'tus-version': version,
          'tus-max-size': String(fileLimit),
          'tus-extension': 'creation,creation-with-upload,checksum,expiration,termination',
          'tus-checksum-algorithm': 'sha256,sha1',
        })
        .send(null),
  );

  app.post(
    root,
    {
      ...spoken,
      schema: {
        summary: 'Begin to send a file in parts, or find where that stands',
        description:
          'tus creation. `Upload-Metadata` names the file: `address <Base64 of the SHA-256 address>`. Begun before, or here already, the answer is the same with its `Upload-Offset`; a first part in the body is taken where nothing came before.',
        ...byProof,
        response: { 201: nothing, ...refusals, 412: Problem, 413: Problem, 422: Problem },
      },
      config: { requestContent: partContent },
    },
    async (request, reply) => {
      const key = { address: addressIn(request), terminal: terminalOf(request) };
      const size = wholeNumber(request.headers['upload-length']);
      if (size > fileLimit) throw new Refusal('too-large');
      const begun = await beginUpload(centre, key, size);
      if (begun === 'quota') throw new Refusal('too-many-requests', { retryAfterSeconds: 3_600 });
      const first = begun.received === 0 && begun.expires !== undefined;
      const now = first ? await take(request, key, begun) : begun;
      return standing(reply, now).code(201).header('location', `${root}/${key.address}`).send(null);
    },
  );

  app.head(
    `${root}/:address`,
    {
      ...spoken,
      schema: {
        summary: 'How many bytes of a file are here for good',
        ...byProof,
        ...named,
        response: { 200: nothing, ...refusals, 404: Problem, 412: Problem },
      },
    },
    async (request, reply) => {
      const key = { address: request.params.address, terminal: terminalOf(request) };
      const found = await findUpload(centre, key);
      if (found === undefined) throw new Refusal('unknown-upload');
      return standing(reply, found).header('upload-length', String(found.size)).send(null);
    },
  );

  app.patch(
    `${root}/:address`,
    {
      ...spoken,
      schema: {
        summary: 'Send the next bytes of a file',
        description: 'With the last byte the whole is compared with its address.',
        ...byProof,
        ...named,
        response: {
          204: nothing,
          ...refusals,
          404: Problem,
          409: Problem,
          412: Problem,
          413: Problem,
          415: Problem,
          422: Problem,
          460: Problem,
        },
      },
      config: { requestContent: partContent },
    },
    async (request, reply) => {
      const key = { address: request.params.address, terminal: terminalOf(request) };
      if (!(request.body instanceof Readable)) throw new Refusal('unsupported-media-type');
      const at = wholeNumber(request.headers['upload-offset']);
      const found = await findUpload(centre, key);
      if (found === undefined) throw new Refusal('unknown-upload');
      if (found.received !== at) throw new Refusal('upload-offset');
      const now = found.expires === undefined ? found : await take(request, key, found);
      return standing(reply, now).code(204).send(null);
    },
  );

  app.delete(
    `${root}/:address`,
    {
      ...spoken,
      schema: {
        summary: 'Forget an upload that is not whole',
        ...byProof,
        ...named,
        response: { 204: nothing, ...refusals, 404: Problem, 412: Problem },
      },
    },
    async (request, reply) => {
      const key = { address: request.params.address, terminal: terminalOf(request) };
      if (!(await endUpload(centre, key))) throw new Refusal('unknown-upload');
      return reply.code(204).send(null);
    },
  );

  /** Takes the body in, commit by commit. Bytes that came before a break are kept. */
  async function take(request: FastifyRequest, key: UploadKey, from: Upload): Promise<Upload> {
    if (!(request.body instanceof Readable))
      return from.size === 0
        ? settled(await appendToUpload(centre, key, 0, Buffer.alloc(0)))
        : from;
    const checksum = checksumOf(request);
    // A part with a checksum counts whole or not at all.
    const enough = checksum === undefined ? commitEvery : Number.POSITIVE_INFINITY;
    let upload = from;
    let held: Buffer[] = [];
    let length = 0;
    const commit = async () => {
      const bytes = Buffer.concat(held);
      [held, length] = [[], 0];
      upload = settled(await appendToUpload(centre, key, upload.received, bytes));
    };
    let broken: unknown;
    try {
      for await (const chunk of request.body) {
        held.push(chunk as Buffer);
        length += (chunk as Buffer).length;
        if (upload.received + length > from.size) throw new Refusal('too-large');
        if (length >= enough) await commit();
      }
    } catch (error) {
      if (error instanceof Refusal) throw error;
      broken = error;
    }
    if (checksum !== undefined && !checksum(Buffer.concat(held)))
      throw new Refusal('checksum-mismatch');
    if (length > 0 || from.size === 0) await commit();
    // Nobody is there to be told any more; for the log it is the client's doing, not ours.
    if (broken !== undefined) throw new Refusal('malformed-request');
    return upload;
  }
}

function settled(appended: Awaited<ReturnType<typeof appendToUpload>>): Upload {
  switch (appended) {
    case 'unknown':
      throw new Refusal('unknown-upload');
    case 'elsewhere':
      throw new Refusal('upload-offset');
    case 'too-long':
      throw new Refusal('too-large');
    case 'not-its-hash':
      throw new Refusal('address-mismatch');
    default:
      return appended;
  }
}

function standing(reply: FastifyReply, { received, expires }: Upload): FastifyReply {
  reply.header('upload-offset', String(received));
  if (expires !== undefined) reply.header('upload-expires', expires.toUTCString());
  return reply;
}

function wholeNumber(header: string | string[] | undefined): number {
  if (typeof header !== 'string' || !/^\d{1,12}$/.test(header))
    throw new Refusal('malformed-request');
  return Number(header);
}

/** `Upload-Metadata: address <Base64>`, beside whatever else a client says there. */
function addressIn(request: FastifyRequest): string {
  const metadata = request.headers['upload-metadata'];
  for (const pair of (typeof metadata === 'string' ? metadata : '').split(',')) {
    const [name, value = ''] = pair.trim().split(' ');
    if (name !== 'address') continue;
    const said = Buffer.from(value, 'base64').toString('latin1');
    if (/^[A-Za-z0-9_-]{43}$/.test(said)) return said;
  }
  throw new Refusal('malformed-request');
}

/** What checks the part by `Upload-Checksum`; `undefined` where the client sent none. */
function checksumOf(request: FastifyRequest): ((bytes: Buffer) => boolean) | undefined {
  const header = request.headers['upload-checksum'];
  if (header === undefined) return undefined;
  const [algorithm = '', said = ''] = String(header).split(' ');
  if (algorithm !== 'sha256' && algorithm !== 'sha1') throw new Refusal('malformed-request');
  return (bytes) =>
    createHash(algorithm).update(bytes).digest().equals(Buffer.from(said, 'base64'));
}
