import { randomBytes } from 'node:crypto';
import { proofHeader } from '@tongban/sync/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OpenApi, Operation } from '../docs/openapi.ts';
import { makeDevice } from '../testing/device.ts';
import { anyHostile, arbitraryOf, type Shape } from './arbitrary.ts';
import { makeScene, type Scene } from './scene.ts';
import { changedTables, counted, digestOf } from './watch.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 120_000 });

/** The same requests for the same seed; `FUZZ_RUNS` makes it long, `FUZZ_SEED` another one. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_126);
const runs = Number(process.env.FUZZ_RUNS ?? 6);

let scene: Scene;
let document: OpenApi;
let counter: Awaited<ReturnType<typeof makeDevice>>;
beforeAll(async () => {
  scene = await makeScene();
  counter = await makeDevice(scene.centre.origin, scene.centre.clock);
  await counter.enrol('counter', { hall: 'nanhu' });
  document = (await (await scene.bare('GET', '/api/openapi.json')).json()) as OpenApi;
});
afterAll(() => scene?.centre.end());

interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** Every operation; what ends a session comes last, so that the others still have one. */
function places(): Place[] {
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .toSorted((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'));
}

const schemas = () => document.components.schemas as Readonly<Record<string, Shape>>;
const shapeOf = (value: unknown) => (value ?? {}) as Shape;

/** Real things of the scene, so that a request gets beyond the first check. */
function knownFor(name: string): string[] {
  return (
    {
      number: [scene.receipt.number],
      address: [scene.address],
      locator: [scene.locator],
      scope: ['status', 'settings', 'catalogue'],
    }[name] ?? []
  );
}

interface Hostile {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

function hostileOf({ path, operation }: Place): fc.Arbitrary<Hostile> {
  const said = (place: string) => operation.parameters.filter((one) => one.in === place);
  const value = (name: string, schema: unknown) =>
    fc.oneof(
      arbitraryOf(shapeOf(schema), schemas()),
      anyHostile,
      ...knownFor(name).map((known) => fc.constant(known)),
    );
  const record = (place: string) =>
    fc.record(
      Object.fromEntries(said(place).map(({ name, schema }) => [name, value(name, schema)])),
      place === 'path' ? {} : { requiredKeys: [] },
    );
  const content = operation.requestBody?.content as
    | Readonly<Record<string, { readonly schema?: unknown }>>
    | undefined;
  const [type = 'application/json', { schema } = {}] = Object.entries(content ?? {})[0] ?? [];
  const json = arbitraryOf(shapeOf(schema), schemas()).map((one) => JSON.stringify(one) ?? '');
  const body =
    content === undefined
      ? fc.constantFrom(undefined, '{}')
      : type === 'application/json'
        ? fc.oneof({ weight: 8, arbitrary: json }, { weight: 1, arbitrary: fc.string() })
        : fc.uint8Array({ maxLength: 2_000 }).map((bytes) => new Uint8Array(bytes));
  return fc
    .tuple(
      record('path'),
      record('query'),
      record('header'),
      body,
      fc.oneof(
        { weight: 9, arbitrary: fc.constant(type) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            'text/plain',
            'application/json; charset=utf-16',
            'multipart/form-data',
          ),
        },
      ),
    )
    .map(([inPath, query, headers, sent, kind]) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
        escaped((inPath as Record<string, unknown>)[name]),
      );
      const asked = Object.entries(query)
        .map(([name, one]) => `${name}=${escaped(one)}`)
        .join('&');
      return {
        path: asked === '' ? filled : `${filled}?${asked}`,
        headers: {
          ...headersOf(headers),
          ...(sent === undefined ? {} : { 'content-type': kind }),
        },
        body: sent,
      };
    });
}

/** Text of whatever it is, also of what cannot say itself. */
const wordsOf = (value: unknown) =>
  typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value);

function escaped(value: unknown): string {
  // A lone surrogate cannot stand in an address at all.
  return encodeURIComponent(wordsOf(value).toWellFormed().slice(0, 1_000)) || '%20';
}

/** Only what an HTTP client would send at all. */
function headersOf(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name, wordsOf(value)] as const)
      .filter(([, value]) => /^[\x20-\x7e]*$/.test(value)),
  );
}

type Role = 'nobody' | 'citizen' | 'counter staff' | 'desk' | 'kiosk' | 'counter' | 'phone';
const roles: readonly Role[] = [
  ...(['nobody', 'citizen', 'counter staff', 'desk'] as const),
  ...(['kiosk', 'counter', 'phone'] as const),
];

async function credentials(
  role: Role,
  method: string,
  path: string,
): Promise<Record<string, string>> {
  switch (role) {
    case 'nobody':
      return {};
    case 'citizen':
      return { cookie: scene.citizen.cookie };
    case 'counter staff':
      return { cookie: scene.window3.cookie };
    case 'desk':
      return { cookie: scene.police.cookie };
    case 'kiosk':
    case 'counter':
    case 'phone': {
      const device = { kiosk: scene.kiosk, counter, phone: scene.phone }[role];
      return { [proofHeader]: await device.proof(method, path) };
    }
  }
}

/** Another address for each: what limits one address is tried elsewhere. */
const address = () => [...randomBytes(4)].map((part) => (part % 223) + 1).join('.');

async function send(role: Role, place: Place, hostile: Hostile): Promise<Response> {
  const method = place.method.toUpperCase();
  const ending = new AbortController();
  const answer = await fetch(`${scene.centre.origin}${hostile.path}`, {
    method,
    signal: ending.signal,
    headers: {
      'x-forwarded-for': address(),
      'x-tongban': '1',
      ...hostile.headers,
      ...(await credentials(role, method, hostile.path)),
    },
    ...(hostile.body === undefined || method === 'GET' || method === 'HEAD'
      ? {}
      : { body: hostile.body }),
  });
  // Live news never end by themselves.
  if (place.path.endsWith('/stream') && answer.ok) ending.abort();
  return answer;
}

/** How often each status came: a fuzz that never gets beyond the door finds nothing. */
const came = new Map<number, number>();

async function look(role: Role, place: Place, hostile: Hostile): Promise<void> {
  const answer = await send(role, place, hostile);
  const what = `${role}: ${place.method} ${hostile.path.slice(0, 200)} ${String(hostile.body).slice(0, 300)}`;
  const { status } = answer;
  came.set(status, (came.get(status) ?? 0) + 1);
  expect(status, `${what}: an answer of ours`).toBeLessThan(500);
  const type = answer.headers.get('content-type') ?? '';
  if (status < 400) {
    expect(Object.keys(place.operation.responses), `${what}: ${status}`).toContain(String(status));
    if (!place.path.endsWith('/stream')) await answer.arrayBuffer();
    return;
  }
  if (place.method === 'head') return;
  const problem = (await answer.json()) as { status: number; code: string; title: string };
  expect([type.split(';')[0], problem.status], what).toEqual(['application/problem+json', status]);
  expect(problem.code, what).toMatch(/^[a-z-]+$/);
}

test(`hostile requests to every endpoint by everybody (seed ${seed}): no fault, each refusal a problem document, nobody moves anything`, async () => {
  let tried = 0;
  for (const [index, place] of places().entries()) {
    for (const [turn, role] of roles.entries()) {
      const before = role === 'nobody' ? await digestOf(scene.centre) : undefined;
      const requests = fc.sample(hostileOf(place), {
        seed: seed + index * 100 + turn,
        numRuns: runs,
      });
      for (const hostile of requests) await look(role, place, hostile);
      tried += requests.length;
      if (before === undefined) continue;
      const moved = changedTables(before, await digestOf(scene.centre));
      expect([place.path, moved.filter((one) => !counted.includes(one))]).toEqual([place.path, []]);
    }
  }
  expect(tried).toBe(places().length * roles.length * runs);
  expect([...came.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 409]));
  // Nothing of what was sent stands in the log but codes and routes; the centre still serves.
  for (const value of scene.planted) expect(scene.centre.logged.join('')).not.toContain(value);
  expect((await scene.bare('GET', '/healthz')).status).toBe(200);
});
