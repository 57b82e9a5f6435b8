import { request } from 'node:http';
import type { Catalogue } from '@tongban/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { builtPages, handClock, type RunningCentre, runCentre } from '../testing/centre.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { boundBodies } from './bodies.ts';
import { limitRequests } from './limits.ts';
import { createServer } from './server.ts';

let centre: RunningCentre;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const catalogue = { version: 'test.1', items: [] } as unknown as Catalogue;

beforeAll(async () => {
  folder = await temporaryFolder();
  centre = await runCentre({ catalogue, pages: await builtPages(folder.path) });
});
afterAll(async () => {
  await centre.end();
  await folder.remove();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${centre.origin}${path}`, { headers, redirect: 'manual' });

test('the probe echoes the nonce and tells time, epoch and catalogue', async () => {
  const answer = await get('/api/v1/probe?nonce=abcdefgh12345');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toMatchObject({
    centre: 'tongban',
    nonce: 'abcdefgh12345',
    time: '2026-11-23T02:00:00.000Z',
    protocol: 1,
    catalogueVersion: 'test.1',
    demonstration: true,
  });
});

test('it is healthy once it serves', async () => {
  const answer = await get('/healthz');
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
});

test.each([
  ['/api/v1/probe', 400, 'malformed-request'],
  ['/api/v1/probe?nonce=%3Cscript%3E', 400, 'malformed-request'],
  ['/api/v1/nowhere', 404, 'not-found'],
  ['/api/v1/%E0%A4%A', 400, 'malformed-request'],
  ['/phone/assets/gone-12345678.js', 404, 'not-found'],
  ['/phone/..%2f..%2fsecret', 404, 'not-found'],
  ['/phone/.secret', 404, 'not-found'],
])('GET %s answers a problem document with %i', async (path, status, code) => {
  const answer = await get(path, { 'accept-language': 'en' });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await answer.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({ type: `/problems/${code}`, status, code });
  expect(problem.correlation).toBe(answer.headers.get('x-correlation-id'));
  expect(String(problem.title)).toMatch(/^[A-Z].*\.$/);
});

test('a problem speaks the language that was asked for, zh-CN by default, and never repeats the input', async () => {
  const answer = await get('/api/v1/probe?nonce=%E4%B8%81%E5%B0%8F%E7%A6%BE');
  const text = await answer.text();
  expect(text).toContain('请求的内容不完整');
  expect(text).not.toContain('丁小禾');
});

test('a correlation id that a terminal gives is kept, anything else is replaced', async () => {
  const kept = await get('/healthz', { 'x-correlation-id': 'visit-12345678' });
  expect(kept.headers.get('x-correlation-id')).toBe('visit-12345678');
  const replaced = await get('/healthz', { 'x-correlation-id': '<b>hello</b>' });
  expect(replaced.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('the root leads to the phone, and each page answers under its path', async () => {
  const root = await get('/');
  expect([root.status, root.headers.get('location')]).toEqual([302, '/phone/']);
  const bare = await get('/kiosk');
  expect([bare.status, bare.headers.get('location')]).toEqual([302, '/kiosk/']);
  for (const [path, title] of [
    ['/phone/', 'phone'],
    ['/kiosk/', 'kiosk'],
    ['/counter/', 'kiosk'],
    ['/departments/', 'departments'],
    ['/departments/cases/320199920261123', 'departments'],
  ] as const) {
    const answer = await get(path, { accept: 'text/html,*/*' });
    expect([path, answer.status]).toEqual([path, 200]);
    expect(await answer.text()).toContain(`<title>${title}</title>`);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  }
});

test('hashed assets are kept for ever, the service worker is asked for each time', async () => {
  for (const name of ['index-Dk3f9aXz.js', 'pdf.worker.min-BgryrOlp.mjs']) {
    const asset = await get(`/phone/assets/${name}`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toContain('javascript');
  }
  const worker = await get('/phone/sw.js');
  expect(worker.headers.get('cache-control')).toBe('no-cache');
  expect(worker.headers.get('service-worker-allowed')).toBe('/phone/');
});

test('what the HTTP parser itself refuses is a problem too, and the server lives on', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request(
      `${centre.origin}/healthz`,
      { headers: { 'x-long': 'a'.repeat(60_000) } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
  expect(status).toBe(431);
  expect((await get('/healthz')).status).toBe(200);
});

test('log lines name routes, not addresses', async () => {
  await get('/api/v1/probe?nonce=never-logged-123');
  await get('/departments/never-logged', { accept: 'text/html' });
  const text = centre.logged.join('\n');
  expect(text).toContain('/api/v1/probe');
  expect(text).not.toContain('never-logged');
});

test('requests from one address are limited after a burst, and the wait is told', async () => {
  const clock = handClock('2026-11-23T02:00:00.000Z');
  const app = createServer(createLog('silent'), { checkAnswers: true });
  limitRequests(app, clock);
  app.get('/here', async () => 'here');
  const ask = () => app.inject({ method: 'GET', url: '/here' });
  for (let n = 0; n < 2_000; n += 1) await ask();
  const refused = await ask();
  expect([refused.statusCode, refused.headers['retry-after'], refused.json()]).toEqual([
    429,
    '1',
    expect.objectContaining({ code: 'too-many-requests' }),
  ]);
  clock.forward(1_000);
  expect((await ask()).statusCode).toBe(200);
  await app.close();
});

test('[M9] a terminal that proved itself is counted by itself: its address pays nothing for it', async () => {
  const clock = handClock('2026-11-23T02:00:00.000Z');
  const app = createServer(createLog('silent'), { checkAnswers: true });
  const limits = limitRequests(app, clock);
  app.get<{ Querystring: { as: string } }>('/here', async (request) => {
    limits.proven(request, request.query.as);
    return 'here';
  });
  const ask = async (as: string) =>
    (await app.inject({ method: 'GET', url: `/here?as=${as}` })).statusCode;
  for (let n = 0; n < 2_000; n += 1) await ask('one');
  expect(await ask('one')).toBe(429);
  expect(await ask('two')).toBe(200);
  clock.forward(1_000);
  expect(await ask('one')).toBe(200);
  await app.close();
});

test('[M9] bodies under way have a bound for all and for one terminal; small ones and envelopes always pass', async () => {
  const app = createServer(createLog('silent'), { checkAnswers: true });
  boundBodies(app, { small: 10, large: 100, ofLarge: 450, ofOthers: 100, ofOneTerminal: 300 });
  let go = Promise.withResolvers<void>();
  app.addHook('onRequest', async (request) => {
    request.terminal = { terminal: String(request.headers.who) } as never;
  });
  app.post('/here', async () => {
    await go.promise;
    return 'here';
  });
  // Awaited here: what is injected begins only then.
  const send = async (who: string, bytes: number) =>
    await app.inject({
      method: 'POST',
      url: '/here',
      payload: { x: 'x'.repeat(bytes - 8) },
      headers: { who },
    });
  const held = [send('one', 200), send('two', 200)];
  expect((await send('one', 201)).json()).toMatchObject({ code: 'unavailable' });
  expect((await send('three', 101)).headers['retry-after']).toBe('5');
  held.push(send('three', 90), send('three', 9));
  go.resolve();
  expect((await Promise.all(held)).map(({ statusCode }) => statusCode)).toEqual([
    200, 200, 200, 200,
  ]);
  go = Promise.withResolvers<void>();
  go.resolve();
  expect((await send('three', 300)).statusCode).toBe(200);
  await app.close();
});
