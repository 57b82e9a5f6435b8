/** Headers of the page that may travel on; everything else (cookies, origin, client hints) stays here. */
const passedOn = [
  'accept',
  'accept-language',
  'content-type',
  'dpop',
  'idempotency-key',
  'last-event-id',
  // Files in parts (tus 1.0.0).
  'tus-resumable',
  'upload-checksum',
  'upload-length',
  'upload-metadata',
  'upload-offset',
  'x-tongban',
];
const passedBack = [
  'content-type',
  'content-disposition',
  'etag',
  'retry-after',
  'dpop-nonce',
  'x-correlation-id',
  'date',
  'location',
  'tongban-given-by',
  'tus-resumable',
  'upload-expires',
  'upload-length',
  'upload-offset',
];

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Relays `/api/…` of the page to the centre and holds the session cookie itself: the renderer never sees it,
 * and it is gone with the visit.
 */
export function createRelay(centre: string, fetch: Fetch) {
  let cookie: string | undefined;

  async function relay(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers();
    for (const name of passedOn) {
      const value = request.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    // The centre asks state-changing requests for its own origin; the relay speaks for the page here.
    headers.set('origin', centre);
    if (cookie !== undefined) headers.set('cookie', cookie);
    const body =
      request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer();
    let answer: Response;
    try {
      answer = await fetch(`${centre}${pathname}${search}`, {
        method: request.method,
        headers,
        body,
        redirect: 'manual',
        signal: request.signal,
      });
    } catch {
      // What the page makes of it is the same as in a browser: the request failed, there is no line.
      return Response.error();
    }
    keep(answer.headers.getSetCookie());
    const back = new Headers();
    for (const name of passedBack) {
      const value = answer.headers.get(name);
      if (value !== null) back.set(name, value);
    }
    back.set('cache-control', 'no-store');
    back.set('x-content-type-options', 'nosniff');
    // An answer without content must have no body, not even an empty one.
    const content = answer.status === 204 ? null : answer.body;
    return new Response(content, { status: answer.status, headers: back });
  }

  function keep(lines: readonly string[]): void {
    for (const line of lines) {
      const pair = line.split(';')[0] ?? '';
      if (!pair.startsWith('tongban_session=')) continue;
      cookie = pair === 'tongban_session=' || /max-age=0/i.test(line) ? undefined : pair;
    }
  }

  function forget(): void {
    cookie = undefined;
  }

  return { relay, forget };
}
