import { shippedCatalogue } from '@tongban/catalogue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import type { OpenApi } from './openapi.ts';

let centre: RunningCentre;
let document: OpenApi;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  document = (await (await fetch(`${centre.origin}/api/openapi.json`)).json()) as OpenApi;
});
afterAll(() => centre.end());

/** Every reference in the document. */
function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' ? [String(part)] : references(part),
  );
}

test('the OpenAPI document names every route with its answers, and every reference resolves', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/probe',
      '/api/v1/envelopes',
      '/api/v1/files/{address}',
      '/healthz',
    ]),
  );
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const place = `${method} ${path}`;
      expect([place, operation.summary]).toEqual([place, expect.stringMatching(/\S/)]);
      expect([place, Object.keys(operation.responses).length]).not.toEqual([place, 0]);
      const names = operation.parameters.filter((one) => one.in === 'path').map((one) => one.name);
      expect([place, names]).toEqual([
        place,
        [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
      ]);
    }
  }
  const found = references(document);
  expect(found.length).toBeGreaterThan(50);
  for (const reference of found) {
    expect(document.components.schemas).toHaveProperty([
      reference.replace('#/components/schemas/', ''),
    ]);
  }
});

test('the schema shown is the schema that checks', async () => {
  const content = document.paths['/api/v1/session']?.post?.requestBody?.content;
  expect(content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/SignInRequest' } },
  });
  const schema = document.components.schemas.SignInRequest as { additionalProperties: boolean };
  expect(schema.additionalProperties).toBe(false);
  const extra = await fetch(`${centre.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'a', password: 'b', more: 1 }),
  });
  expect([extra.status, await extra.json()]).toEqual([
    400,
    expect.objectContaining({ code: 'malformed-request' }),
  ]);
});

test('the page for people needs no script and loads nothing from elsewhere', async () => {
  const answer = await fetch(`${centre.origin}/api/docs`, { headers: { 'accept-language': 'en' } });
  const html = await answer.text();
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).toContain('Take the ciphertext of a draft');
  expect(html).not.toMatch(/<script|style=|https?:/);
  const style = /href="([^"]+\.css)"/.exec(html)?.[1];
  expect((await fetch(`${centre.origin}${style}`)).headers.get('content-type')).toContain(
    'text/css',
  );
});
