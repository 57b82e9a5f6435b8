import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ActionRequest } from '@tongban/sync/protocol';
import { afterEach, expect, test } from 'vitest';
import { staffClient } from './client.ts';

let server: Server | undefined;

/** A real HTTP server that answers as told; what it was asked is in `asked`. */
async function centre(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ origin: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const started = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, '127.0.0.1', resolve);
  });
  return { origin: `http://127.0.0.1:${(started.address() as AddressInfo).port}`, asked };
}

afterEach(async () => {
  const running = server;
  server = undefined;
  running?.closeAllConnections();
  await new Promise<void>((resolve) => {
    if (running === undefined) resolve();
    else running.close(() => resolve());
  });
});

const clientOf = (origin: string, timeoutMs = 5_000) =>
  staffClient({ fetch, origin, timeoutMs, language: () => 'zh-CN' });
const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const problem = (status: number, code: string) => ({
  type: `/problems/${code}`,
  title: '这件已经变了',
  status,
  code,
  correlation: 'c-1',
});

test('a search sends the name in the body, never in the address', async () => {
  let body = '';
  const { origin, asked } = await centre((request, response) => {
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => json(response, 200, { rows: [], asOf: '2026-11-23T06:00:00.000Z' }));
  });
  const found = await clientOf(origin).search('丁小禾');
  expect(found).toEqual({ ok: true, value: { rows: [], asOf: '2026-11-23T06:00:00.000Z' } });
  expect(asked[0]?.url).toBe('/api/v1/cases/search');
  expect(JSON.parse(body)).toEqual({ text: '丁小禾' });
});

test('an act carries its key, and the same key when it is tried again', async () => {
  const { origin, asked } = await centre((_, response) =>
    json(response, 409, problem(409, 'case-moved-on')),
  );
  const request: ActionRequest = {
    action: 'accept',
    reasons: [],
    materials: [],
    text: '',
    seen: 'received',
  };
  const client = clientOf(origin);
  const first = await client.act('32019912026112300', request, 'k-1');
  await client.act('32019912026112300', request, 'k-1');
  expect(asked.map((one) => one.headers['idempotency-key'])).toEqual(['k-1', 'k-1']);
  expect(first).toEqual({
    ok: false,
    error: { reason: 'refused', problem: problem(409, 'case-moved-on') },
  });
});

test('an ended session is told apart from a wrong password', async () => {
  const { origin } = await centre((_, response) =>
    json(response, 401, problem(401, 'wrong-credentials')),
  );
  const client = clientOf(origin);
  expect(await client.cases()).toEqual({ ok: false, error: { reason: 'signed-out' } });
  const signIn = await client.signIn('window3', 'wrong');
  expect(!signIn.ok && signIn.error.reason).toBe('refused');
});

test('a captive portal that answers 200 with a page is not the centre', async () => {
  const { origin } = await centre((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>登录 Wi-Fi</h1>'),
  );
  const client = clientOf(origin);
  expect(await client.cases()).toEqual({ ok: false, error: { reason: 'not-the-centre' } });
  expect(await client.who()).toEqual({ ok: false, error: { reason: 'not-the-centre' } });
});

test('a captive portal that redirects is not followed', async () => {
  const { origin } = await centre((_, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:9/login' }).end(),
  );
  expect(await clientOf(origin).cases()).toEqual({ ok: false, error: { reason: 'no-line' } });
});

test('a proxy that answers 502 with a page is not the centre', async () => {
  const { origin } = await centre((_, response) => response.writeHead(502).end('Bad Gateway'));
  expect(await clientOf(origin).cases()).toEqual({
    ok: false,
    error: { reason: 'not-the-centre' },
  });
});

test('nobody there, and a centre that never answers, are both no line', async () => {
  const { origin } = await centre(() => undefined);
  expect(await clientOf(origin, 50).cases()).toEqual({ ok: false, error: { reason: 'no-line' } });
  expect(await clientOf('http://127.0.0.1:9').cases()).toEqual({
    ok: false,
    error: { reason: 'no-line' },
  });
});

test('a list of another shape is refused whole', async () => {
  const { origin } = await centre((_, response) =>
    json(response, 200, { rows: [{ caseNumber: 1 }], asOf: 'now' }),
  );
  expect(await clientOf(origin).cases()).toEqual({
    ok: false,
    error: { reason: 'not-the-centre' },
  });
});

test('a file comes with the type that the centre judged', async () => {
  const { origin } = await centre((_, response) =>
    response
      .writeHead(200, { 'content-type': 'application/pdf; x=1' })
      .end(Buffer.from([37, 80, 68, 70])),
  );
  const opened = await clientOf(origin).file('32019912026112300', 'a'.repeat(43));
  expect(opened.ok && [opened.value.type, ...opened.value.bytes]).toEqual([
    'application/pdf',
    37,
    80,
    68,
    70,
  ]);
});
