import type { CentreRequestSeen, SimulatedCentre } from './centre.ts';

export interface Pending {
  readonly seen: CentreRequestSeen;
  /** The centre gets it and its answer arrives. */
  deliver(): void;
  /** The centre never gets it. */
  cut(): void;
  /** The centre gets it, the answer is lost. */
  loseAnswer(): void;
  /** The network doubles it: the centre gets it twice. */
  double(): void;
  /** Somebody else answers. */
  answerWith(response: Response): void;
}

/** A line that moves nothing until the test's hand does. */
export function handTransport(centre: SimulatedCentre) {
  const pending: Pending[] = [];

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'http://centre');
    const seen: CentreRequestSeen = {
      method: init?.method ?? 'GET',
      path: url.pathname,
      search: url.searchParams,
      headers: new Headers(init?.headers),
      body: bytesOf(init?.body),
    };
    const answered = Promise.withResolvers<Response>();
    const leave = () => {
      const index = pending.indexOf(entry);
      if (index !== -1) pending.splice(index, 1);
    };
    const entry: Pending = {
      seen,
      deliver() {
        leave();
        answered.resolve(abortable(centre.handle(seen), init?.signal));
      },
      cut() {
        leave();
        answered.reject(new TypeError('Failed to fetch'));
      },
      loseAnswer() {
        leave();
        centre.handle(seen);
        answered.reject(new TypeError('Failed to fetch'));
      },
      double() {
        leave();
        centre.handle(seen);
        answered.resolve(centre.handle(seen));
      },
      answerWith(response) {
        leave();
        answered.resolve(response);
      },
    };
    pending.push(entry);
    init?.signal?.addEventListener('abort', () => {
      leave();
      answered.reject(new DOMException('Aborted', 'AbortError'));
    });
    return answered.promise;
  };
  return { fetch, pending };
}

/** A line on which everything arrives at once. */
export function openTransport(centre: SimulatedCentre): typeof globalThis.fetch {
  const { fetch, pending } = handTransport(centre);
  return (input, init) => {
    const answer = fetch(input, init);
    pending.at(-1)?.deliver();
    return answer;
  };
}

/** As with a real fetch, aborting breaks off a body that is still coming. */
function abortable(response: Response, signal: AbortSignal | null | undefined): Response {
  if (response.body === null || signal == null) return response;
  if (response.headers.get('content-type') !== 'application/x-ndjson') return response;
  const body = response.body.pipeThrough(new TransformStream(), { signal });
  return new Response(body, { headers: response.headers });
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body.slice();
  return new TextEncoder().encode(typeof body === 'string' ? body : '');
}

/** Lets everything that waits for nothing from outside run its course. */
export async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
