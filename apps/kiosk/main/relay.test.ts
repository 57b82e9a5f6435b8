import { describe, expect, it } from 'vitest';
import { createRelay } from './relay.ts';

function centre(answers: Response[]) {
  const seen: { url: string; headers: Headers }[] = [];
  const { relay, forget } = createRelay('https://centre.example', async (url, init) => {
    seen.push({ url, headers: new Headers(init.headers) });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('no line');
    return answer;
  });
  return { relay, forget, seen };
}

describe('relay', () => {
  it('keeps the session cookie to itself and sends it again', async () => {
    const { relay, seen } = centre([
      new Response('{}', { headers: { 'set-cookie': 'tongban_session=abc; HttpOnly; Path=/' } }),
      new Response('{}'),
    ]);
    const first = await relay(
      new Request('app://tongban/api/v1/session', { method: 'POST', body: '{}' }),
    );
    expect(first.headers.get('set-cookie')).toBeNull();
    await relay(new Request('app://tongban/api/v1/cases?q=1'));
    expect(seen[1]?.url).toBe('https://centre.example/api/v1/cases?q=1');
    expect(seen[1]?.headers.get('cookie')).toBe('tongban_session=abc');
  });

  it('forgets it at the end of a visit', async () => {
    const { relay, forget, seen } = centre([
      new Response('{}', { headers: { 'set-cookie': 'tongban_session=abc' } }),
      new Response('{}'),
    ]);
    await relay(new Request('app://tongban/api/v1/session'));
    forget();
    await relay(new Request('app://tongban/api/v1/session'));
    expect(seen[1]?.headers.get('cookie')).toBeNull();
  });

  it('does not pass on what a page could smuggle', async () => {
    const { relay, seen } = centre([new Response('{}')]);
    await relay(
      new Request('app://tongban/api/v1/probe', {
        headers: { authorization: 'Bearer x', 'x-forwarded-for': '1.2.3.4' },
      }),
    );
    expect(seen[0]?.headers.has('authorization')).toBe(false);
    expect(seen[0]?.headers.has('x-forwarded-for')).toBe(false);
  });

  it('passes on what files in parts say, there and back', async () => {
    const { relay, seen } = centre([
      new Response(null, {
        status: 204,
        headers: { 'tus-resumable': '1.0.0', 'upload-offset': '20', 'x-internal': 'no' },
      }),
      new Response('', { status: 201, headers: { location: '/api/v1/uploads/x' } }),
    ]);
    const said = { 'tus-resumable': '1.0.0', 'upload-offset': '10' };
    const answer = await relay(
      new Request('app://tongban/api/v1/uploads/x', {
        method: 'PATCH',
        headers: said,
        body: 'part',
      }),
    );
    expect(Object.fromEntries(seen[0]?.headers ?? [])).toMatchObject(said);
    expect([answer.status, answer.headers.get('upload-offset')]).toEqual([204, '20']);
    expect(answer.headers.has('x-internal')).toBe(false);
    const begun = await relay(
      new Request('app://tongban/api/v1/uploads', {
        method: 'POST',
        headers: { 'upload-length': '40', 'upload-metadata': 'address eA==' },
      }),
    );
    expect(begun.headers.get('location')).toBe('/api/v1/uploads/x');
    expect(seen[1]?.headers.get('upload-metadata')).toBe('address eA==');
  });

  it('answers a cut line as a failed request, as a browser would', async () => {
    const { relay } = centre([]);
    expect((await relay(new Request('app://tongban/api/v1/probe'))).type).toBe('error');
  });
});
