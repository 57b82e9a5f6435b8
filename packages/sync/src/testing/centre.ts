import { createHash } from 'node:crypto';
import type { Envelope } from '@tongban/core';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import {
  ChangesAnswer,
  EnrolAnswer,
  EnrolRequest,
  FileAnswer,
  givenByHeader,
  HandoverState,
  HealthReport,
  HeardAnswer,
  type HeardVerdict,
  KnownAnswer,
  KnownRequest,
  ProbeAnswer,
  Problem,
  protocolVersion,
  type RefusalReason,
  StatusAnswer,
  StatusRequest,
  SubmitRequest,
} from '../protocol/index.ts';
import { type CentreMemory, emptyMemory, type ScopeRow } from './centreMemory.ts';

export interface CentreRequestSeen {
  readonly method: string;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Refusals by submission id, to play a centre that finds fault with one case. */
type Refusal = RefusalReason | 'a-reason-to-come' | 'server-fault' | 'malformed-request';

/**
 * A centre in memory that speaks the real protocol: every message in and out is checked against its schema.
 * It is a simulator: it opens no envelope and checks no signature.
 */
export function simulatedCentre(now: () => Date = () => new Date('2026-11-23T09:00:00Z')) {
  let memory: CentreMemory = emptyMemory();
  let epoch = 'epoch-1';
  let epochs = 1;
  /** Envelopes taken into custody in this life of the database, each time one was. */
  let accepted: string[] = [];
  const refusals = new Map<string, Refusal>();
  const reports: HealthReport[] = [];
  const streams = new Set<(line: unknown) => void>();
  const knobs = {
    protocol: protocolVersion,
    pageSize: Number.POSITIVE_INFINITY,
    admits: true,
    /** Answers no report. */
    deaf: false,
    /** Problem code by which an enrolment is refused, unless it brings the code of `opens`. */
    closes: undefined as string | undefined,
    opens: undefined as string | undefined,
    /** Rows that this terminal may not see: they make pages short. */
    hides: (_row: ScopeRow) => false,
    alwaysIncomplete: false,
    /** False: a centre from before there were uploads. */
    takesParts: true,
    /** False: a centre from before it could be asked what it has. */
    knows: true,
    catalogueVersion: 'v1',
    maxParcel: 50_000_000,
    answer: (answer: unknown) => answer,
  };

  function handle(request: CentreRequestSeen): Response {
    const { method, path } = request;
    const route = `${method} ${path.replace(/^\/api\/v1/, '')}`;
    if (route === 'GET /probe') {
      return answer(ProbeAnswer, {
        centre: 'tongban',
        nonce: request.search.get('nonce') ?? '',
        time: now().toISOString(),
        epoch,
        protocol: knobs.protocol,
        catalogueVersion: knobs.catalogueVersion,
        demonstration: true,
      });
    }
    if (request.headers.get('dpop') === null) return problem(401, 'proof-missing');
    if (!knobs.admits && route !== 'POST /terminals') return problem(401, 'terminal-unknown');
    if (route === 'POST /terminals') return enrol(request);
    if (route === 'PUT /terminals/self/health') return health(request);
    if (route === 'POST /envelopes') return submit(request);
    if (route === 'POST /envelopes/known' && knobs.knows) return known(request);
    if (route === 'POST /status') return status(request);
    const [, kind, name, verb] = path.replace(/^\/api\/v1/, '').split('/');
    if (kind === 'files' && method === 'PUT') return putFile(name ?? '', request.body);
    if (kind === 'uploads' && knobs.takesParts) return upload(method, name, request);
    if (kind === 'changes' && method === 'GET') return changes(name ?? '', request.search);
    if (kind === 'stream' && method === 'GET') return stream();
    if (kind === 'handovers') return handover(method, name ?? '', verb, request);
    return problem(404, 'not-found');
  }

  function enrol(request: CentreRequestSeen): Response {
    const body = json(request);
    if (!Value.Check(EnrolRequest, body)) return problem(400, 'malformed-request');
    if (knobs.closes !== undefined && (knobs.opens === undefined || body.code !== knobs.opens))
      return problem(403, knobs.closes);
    knobs.closes = undefined;
    const terminal = createHash('sha256').update(JSON.stringify(body.jwk)).digest('base64url');
    memory.terminals.set(terminal, body);
    knobs.admits = true;
    return answer(EnrolAnswer, {
      terminal,
      name: 'K-01',
      hall: '澜州市政务服务中心',
      centreKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: `centre-of-${epoch}` },
      issuingChain: body.issuingKey === undefined ? [] : ['AQID', 'BAUG'],
    });
  }

  function health(request: CentreRequestSeen): Response {
    const body = json(request);
    if (!Value.Check(HealthReport, body)) return problem(400, 'malformed-request');
    if (knobs.deaf) return problem(500, 'internal');
    reports.push(body);
    return Response.json({});
  }

  function submit(request: CentreRequestSeen): Response {
    const body = json(request);
    if (!Value.Check(SubmitRequest, body)) return problem(400, 'malformed-request');
    const faults = body.envelopes.map(({ submissionId }) => refusals.get(submissionId));
    if (faults.includes('server-fault')) return problem(500, 'internal');
    if (faults.includes('malformed-request')) return problem(422, 'malformed-request');
    return answer(HeardAnswer, { epoch, verdicts: body.envelopes.map(judge) });
  }

  function known(request: CentreRequestSeen): Response {
    const body = json(request);
    if (!Value.Check(KnownRequest, body)) return problem(400, 'malformed-request');
    const rows: KnownAnswer['rows'] = body.held.map(({ submissionId, manifestHash }) => {
      const standing = memory.custody.get(submissionId);
      if (standing === undefined) return { submissionId, state: 'unknown' };
      return standing.envelope.manifestHash === manifestHash
        ? { submissionId, state: 'received', receivedAt: standing.receivedAt }
        : { submissionId, state: 'conflict' };
    });
    return answer(KnownAnswer, { epoch, rows });
  }

  function judge(envelope: Envelope): HeardVerdict {
    const { submissionId, manifestHash } = envelope;
    const standing = memory.custody.get(submissionId);
    if (standing !== undefined) {
      if (standing.envelope.manifestHash !== manifestHash) {
        return { submissionId, verdict: 'refused', reason: 'conflicting-submission' };
      }
      return {
        submissionId,
        verdict: 'received',
        duplicate: true,
        manifestHash,
        receivedAt: standing.receivedAt,
      };
    }
    const refusal = refusals.get(submissionId);
    if (refusal !== undefined) {
      return {
        submissionId,
        verdict: 'refused',
        reason: refusal,
      };
    }
    const missing = envelope.files.filter((address) => !memory.files.has(address));
    if (knobs.alwaysIncomplete)
      return { submissionId, verdict: 'incomplete', missing: envelope.files };
    if (missing.length > 0) return { submissionId, verdict: 'incomplete', missing };
    const receivedAt = now().toISOString();
    memory.custody.set(submissionId, { envelope, receivedAt });
    accepted.push(submissionId);
    return { submissionId, verdict: 'received', duplicate: false, manifestHash, receivedAt };
  }

  function putFile(address: string, bytes: Uint8Array): Response {
    if (createHash('sha256').update(bytes).digest('base64url') !== address)
      return problem(422, 'address-mismatch');
    memory.files.set(address, bytes);
    return answer(FileAnswer, { address, size: bytes.length });
  }

  function upload(method: string, name: string | undefined, request: CentreRequestSeen): Response {
    const { headers, body } = request;
    if (headers.get('tus-resumable') !== '1.0.0') return problem(412, 'upload-version');
    const said = headers.get('upload-metadata')?.split(' ')[1] ?? '';
    const address = method === 'POST' ? Buffer.from(said, 'base64').toString() : (name ?? '');
    const whole = memory.files.get(address);
    if (whole !== undefined) return standing(method, whole.length);
    if (method === 'POST' && !memory.uploads.has(address)) {
      const size = Number(headers.get('upload-length'));
      memory.uploads.set(address, { size, bytes: new Uint8Array() });
      return append(method, address, body);
    }
    const found = memory.uploads.get(address);
    if (found === undefined) return problem(404, 'unknown-upload');
    if (method === 'POST') return standing(method, found.bytes.length);
    if (Number(headers.get('upload-offset')) !== found.bytes.length)
      return problem(409, 'upload-offset');
    return append(method, address, body);
  }

  function append(method: string, address: string, body: Uint8Array): Response {
    const found = memory.uploads.get(address) ?? { size: 0, bytes: new Uint8Array() };
    const bytes = Uint8Array.from([...found.bytes, ...body]);
    if (bytes.length > found.size) return problem(413, 'too-large');
    memory.uploads.set(address, { ...found, bytes });
    if (bytes.length < found.size) return standing(method, bytes.length);
    memory.uploads.delete(address);
    const stored = putFile(address, bytes);
    return stored.ok ? standing(method, bytes.length) : stored;
  }

  function standing(method: string, offset: number): Response {
    const headers = { 'tus-resumable': '1.0.0', 'upload-offset': String(offset) };
    return new Response(null, { status: method === 'POST' ? 201 : 204, headers });
  }

  function changes(scope: string, search: URLSearchParams): Response {
    const limit = Math.min(Number(search.get('limit') ?? '100'), knobs.pageSize);
    const from = search.get('epoch') === epoch ? Number(search.get('seq') ?? '0') : 0;
    const after = (memory.scopes.get(scope) ?? [])
      .filter((row) => row.seq > from)
      .toSorted((a, b) => a.seq - b.seq);
    const page = after.slice(0, limit);
    return answer(ChangesAnswer, {
      rows: page.filter((row) => !knobs.hides(row)),
      checkpoint: { epoch, seq: page.at(-1)?.seq ?? from },
      complete: page.length === after.length,
    });
  }

  function stream(): Response {
    const encoder = new TextEncoder();
    let send = (_line: unknown) => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (line) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        streams.add(send);
        send({ kind: 'hello', epoch });
      },
      cancel() {
        streams.delete(send);
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
  }

  function status(request: CentreRequestSeen): Response {
    const body = json(request);
    if (!Value.Check(StatusRequest, body)) return problem(400, 'malformed-request');
    const held = [...memory.custody.values()].find(
      ({ envelope }) => envelope.submissionId === body.receiptNumber,
    );
    if (held === undefined) return problem(404, 'unknown-receipt');
    if (body.residentId === 'wrong') return problem(403, 'wrong-id');
    if (body.residentId === 'too-often') return problem(429, 'too-many-attempts');
    return answer(StatusAnswer, {
      receiptNumber: body.receiptNumber,
      manifestHash: held.envelope.manifestHash,
      receivedAt: held.receivedAt,
      cases: [],
      ...(body.residentId === undefined
        ? {}
        : {
            notes: [{ caseNumber: 'c', at: held.receivedAt, text: 'private note', materials: [] }],
          }),
    });
  }

  function handover(
    method: string,
    locator: string,
    verb: string | undefined,
    request: CentreRequestSeen,
  ): Response {
    const parcel = memory.parcels.get(locator);
    if (method === 'PUT') {
      if (request.body.length > knobs.maxParcel) return problem(413, 'too-large');
      const expiresAt = new Date(now().getTime() + 15 * 60_000).toISOString();
      memory.parcels.set(locator, { bytes: request.body, state: 'waiting', expiresAt });
      return answer(HandoverState, { state: 'waiting', expiresAt });
    }
    if (parcel === undefined) return problem(404, 'unknown-handover');
    if (parcel.state === 'waiting' && Date.parse(parcel.expiresAt) <= now().getTime())
      parcel.state = 'expired';
    // The part of a proof that is the same in all of one device's.
    const [taker = ''] = (request.headers.get('dpop') ?? '').split('.');
    if (method === 'POST' && verb === 'take') {
      if (parcel.state === 'expired') return problem(410, 'handover-expired');
      if (parcel.state === 'reclaimed') return problem(410, 'handover-reclaimed');
      if (parcel.state === 'taken' && parcel.taker !== taker) return problem(410, 'handover-taken');
      parcel.state = 'taken';
      parcel.taker = taker;
      return new Response(parcel.bytes.slice(), {
        headers: {
          'content-type': 'application/octet-stream',
          [givenByHeader]: parcel.givenBy ?? 'phone',
        },
      });
    }
    if (method === 'POST' && verb === 'reclaim' && parcel.state === 'waiting')
      parcel.state = 'reclaimed';
    return answer(HandoverState, { state: parcel.state, expiresAt: parcel.expiresAt });
  }

  function answer(schema: TSchema, value: unknown): Response {
    if (!Value.Check(schema, value))
      throw new Error(`The simulator says what the protocol does not: ${JSON.stringify(value)}`);
    return Response.json(knobs.answer(value));
  }

  return {
    handle,
    knobs,
    refusals,
    reports,
    get epoch() {
      return epoch;
    },
    get memory() {
      return memory;
    },
    /** Submission ids in the order of custody, this life of the database. */
    get accepted(): readonly string[] {
      return accepted;
    },
    backup: (): CentreMemory => structuredClone(memory),
    restore(backup: CentreMemory) {
      memory = structuredClone(backup);
      accepted = [...memory.custody.keys()];
      epochs += 1;
      epoch = `epoch-${epochs}`;
    },
    /** Writes rows and tells the streams. */
    change(scope: 'catalogue' | 'status' | 'settings', id: string, body: unknown, deleted = false) {
      const rows = memory.scopes.get(scope) ?? [];
      const seq = Math.max(0, ...rows.map((row) => row.seq)) + 1;
      memory.scopes.set(scope, [
        ...rows.filter((row) => row.id !== id),
        { id, seq, deleted, body },
      ]);
      this.tell({ kind: 'changed', scope, seq });
    },
    tell(line: unknown) {
      for (const send of [...streams]) send(line);
    },
    get streams(): number {
      return streams.size;
    },
  };
}

export type SimulatedCentre = ReturnType<typeof simulatedCentre>;

export function problem(status: number, code: string): Response {
  const body = { type: `/problems/${code}`, title: code, status, code, correlation: 'test' };
  if (!Value.Check(Problem, body)) throw new Error('not a problem document');
  return Response.json(body, { status });
}

function json(request: CentreRequestSeen): unknown {
  return JSON.parse(new TextDecoder().decode(request.body));
}
