import { type Clock, err, type KeyVault, ok, type Random, type Result } from '@tongban/core';
import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';
import { makeProof, Problem, proofHeader } from '../protocol/index.ts';
import type { Timer } from '../surroundings/timer.ts';

/** Why nothing is known of what was asked: it says nothing about the case, and asking again is right. */
export type TransportFault = 'unreachable' | 'not-the-centre' | 'server-fault';

/** `problem` is the centre's own no (RFC 9457), with its code. */
export type CentreFailure =
  | { readonly kind: 'fault'; readonly why: TransportFault }
  | { readonly kind: 'problem'; readonly status: number; readonly code: string };

export interface CentreOptions {
  /** Prefix of `/api/v1/…`; empty for the page's own origin. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly vault: Pick<KeyVault, 'terminal' | 'sign'>;
  /** The centre's time as well as it is known: a proof by a wrong clock would not be believed. */
  readonly centreClock: Clock;
  readonly random: Random;
  readonly timer: Timer;
  /** Bounds of the parts that files are sent in, in bytes; tests set smaller ones. */
  readonly parts?: { readonly smallest: number; readonly largest: number };
}

export interface CentreRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Begins with `/api/v1/`. */
  readonly path: string;
  /** JSON, or bytes. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The probe goes without: it must work before anything else does. */
  readonly withoutProof?: boolean;
  readonly signal?: AbortSignal;
}

/** Slowest line that is still waited for. */
const bytesPerSecond = 16_384;
const patience = 15_000;

/**
 * How long the centre may take to begin its answer to so many bytes, in ms: a hung connection must not hold a place for
 * ever. The answer itself may take as long as its bytes come, {@link patience} after {@link patience}.
 */
export function timeLimit(bytes: number): number {
  return patience + (bytes / bytesPerSecond) * 1000;
}

/** Asks, and takes for an answer only what has the agreed form. */
export async function askJson<S extends TSchema>(
  options: CentreOptions,
  request: CentreRequest,
  schema: S,
): Promise<Result<Static<S>, CentreFailure>> {
  const answered = await ask(options, request, (_, body) => body().then(textOf));
  if (!answered.ok) return answered;
  const value = parse(answered.value);
  return Value.Check(schema, value) ? ok(value as Static<S>) : fault('not-the-centre');
}

/** Asks for bytes, and for what the answer's headers say beside them. */
export function askBytes<T>(
  options: CentreOptions,
  request: CentreRequest,
  read: (headers: Headers) => T,
): Promise<Result<T & { readonly bytes: Uint8Array<ArrayBuffer> }, CentreFailure>> {
  return ask(options, request, async ({ headers }, body) => ({
    ...read(headers),
    bytes: await body(),
  }));
}

/** Asks for what the answer's headers say; `undefined` from `read` means that it is not the centre's. */
export async function askHeaders<T>(
  options: CentreOptions,
  request: CentreRequest,
  read: (headers: Headers) => T | undefined,
): Promise<Result<T, CentreFailure>> {
  const answered = await ask(options, request, async ({ headers }) => read(headers));
  if (!answered.ok) return answered;
  return answered.value === undefined ? fault('not-the-centre') : ok(answered.value);
}

/** The body as it comes, for as long as it comes: only `signal` ends it. */
export async function askStream(
  options: CentreOptions,
  request: CentreRequest & { readonly signal: AbortSignal },
): Promise<Result<ReadableStream<Uint8Array>, CentreFailure>> {
  // `ask` lets go of a signal once it has the answer; the stream must keep it.
  const answered = await ask(
    {
      ...options,
      fetch: (input, init) => options.fetch(input, { ...init, signal: request.signal }),
    },
    request,
    async (response) => response.body,
  );
  if (!answered.ok) return answered;
  return answered.value === null ? fault('not-the-centre') : ok(answered.value);
}

type Read<T> = (response: Response, body: () => Promise<Uint8Array<ArrayBuffer>>) => Promise<T>;

async function ask<T>(
  options: CentreOptions,
  request: CentreRequest,
  read: Read<T>,
): Promise<Result<T, CentreFailure>> {
  const answered = await askOnce(options, request, read);
  if (answered.ok || !isSpent(answered.error)) return answered;
  return askOnce(options, request, read);
}

/**
 * A browser sends a request again by itself when a lasting connection breaks under it, with the proof that the first
 * has spent. That says nothing about this terminal: a new proof is made, and what was asked may be asked twice.
 */
function isSpent(failure: CentreFailure): boolean {
  return failure.kind === 'problem' && failure.code === 'proof-replayed';
}

async function askOnce<T>(
  options: CentreOptions,
  request: CentreRequest,
  read: Read<T>,
): Promise<Result<T, CentreFailure>> {
  const { body } = request;
  const bytes =
    body instanceof Uint8Array ? body.length : body === undefined ? 0 : JSON.stringify(body).length;
  const late = new AbortController();
  const stop = () => late.abort();
  let cancel = options.timer.after(timeLimit(bytes), stop);
  const renew = () => {
    cancel();
    cancel = options.timer.after(patience, stop);
  };
  request.signal?.addEventListener('abort', stop, { once: true });
  try {
    const response = await options.fetch(`${options.origin}${request.path}`, {
      ...(await requestInit(options, request)),
      signal: late.signal,
    });
    const body = () => whole(response, late.signal, renew);
    return response.ok ? ok(await read(response, body)) : await refusal(response, body);
  } catch (error) {
    // What `fetch` throws when there is no answer: TypeError, or the DOMException of our own time limit.
    if (error instanceof TypeError || error instanceof DOMException) return fault('unreachable');
    throw error;
  } finally {
    cancel();
    request.signal?.removeEventListener('abort', stop);
  }
}

export async function requestInit(
  options: CentreOptions,
  request: CentreRequest,
): Promise<RequestInit> {
  const headers = new Headers({ accept: 'application/json, application/octet-stream' });
  if (request.withoutProof !== true) {
    const proof = await makeProof(
      { method: request.method, url: request.path },
      options.vault,
      options.centreClock,
      options.random,
    );
    headers.set(proofHeader, proof);
  }
  // Cross-site forms cannot set it: with it the centre knows the request for the page's own.
  if (request.method !== 'GET') headers.set('x-tongban', '1');
  for (const [name, value] of Object.entries(request.headers ?? {})) headers.set(name, value);
  const init: RequestInit = {
    method: request.method,
    headers,
    cache: 'no-store',
    redirect: 'manual',
  };
  if (request.body === undefined) return init;
  if (request.body instanceof Uint8Array) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/octet-stream');
    return { ...init, body: request.body as Uint8Array<ArrayBuffer> };
  }
  headers.set('content-type', 'application/json');
  return { ...init, body: JSON.stringify(request.body) };
}

/** Reads to the end, as long as something comes. */
async function whole(
  response: Response,
  signal: AbortSignal,
  renew: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  renew();
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  let broken = false;
  const breakOff = () => {
    broken = true;
    void reader.cancel().catch(() => undefined);
  };
  signal.addEventListener('abort', breakOff, { once: true });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // A cancelled reader says that it is done: half an answer is none.
      if (broken) throw new DOMException('The answer stands still', 'AbortError');
      if (done) return joined(parts);
      parts.push(value);
      renew();
    }
  } finally {
    signal.removeEventListener('abort', breakOff);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function refusal(
  response: Response,
  body: () => Promise<Uint8Array>,
): Promise<Result<never, CentreFailure>> {
  const { status } = response;
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const problem = parse(textOf(await body()));
    // Too many attempts at one receipt is an answer for a person; for everything else it means "later".
    if (status === 429 && Value.Check(Problem, problem)) {
      return err({ kind: 'problem', status, code: problem.code });
    }
    return fault('server-fault');
  }
  // A redirect (opaque, status 0) is a captive portal's way; the centre has none.
  if (status < 400) return fault('not-the-centre');
  const problem = parse(textOf(await body()));
  return Value.Check(Problem, problem)
    ? err({ kind: 'problem', status, code: problem.code })
    : fault('not-the-centre');
}

function fault(why: TransportFault): Result<never, CentreFailure> {
  return err({ kind: 'fault', why });
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
