import { shippedCatalogue } from '@tongban/catalogue';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { signIn } from '../testing/staff.ts';
import { demonstrationAccounts } from './people.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
});
afterAll(() => centre.end());

async function post(body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${centre.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code, cookies: answer.headers.getSetCookie() };
}

test('every demonstration account signs in and is told who it is', async () => {
  for (const { account, password, name, role } of demonstrationAccounts) {
    const person = await signIn(centre.origin, account, password);
    expect(await (await person.ask('GET', '/session')).json()).toMatchObject({
      account,
      name,
      role,
    });
  }
});

test('the cookie is HttpOnly, SameSite=Strict, lasts eight hours, and only its hash is stored', async () => {
  const { cookies } = await post({ account: 'window3', password: 'demo' });
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatch(
    /^tongban_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/,
  );
  const token = cookies[0]!.split(/[=;]/)[1]!;
  const { rows } = await centre.centre.database.query<{ row: string }>(
    'select t::text as row from sessions t',
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(({ row }) => row).join()).not.toContain(token);
});

test('a session ends when it is ended, and after eight hours', async () => {
  const one = await signIn(centre.origin, 'window3');
  expect((await one.ask('DELETE', '/session')).status).toBe(204);
  expect((await one.ask('GET', '/session')).status).toBe(401);
  const other = await signIn(centre.origin, 'window3');
  centre.clock.forward(8 * 3_600_000 - 1_000);
  expect((await other.ask('GET', '/session')).status).toBe(200);
  centre.clock.forward(1_000);
  expect((await other.ask('GET', '/session')).status).toBe(401);
});

test('a wrong password and an unknown account are one answer', async () => {
  expect(await post({ account: 'window3', password: 'wrong' })).toMatchObject({
    status: 401,
    code: 'wrong-credentials',
    cookies: [],
  });
  expect(await post({ account: 'nobody', password: 'demo' })).toMatchObject({
    status: 401,
    code: 'wrong-credentials',
  });
});

test('tries are counted also when they come at once, and forgiven after a quarter of an hour', async () => {
  const tries = await Promise.all(
    Array.from({ length: 14 }, () => post({ account: 'desk-health', password: 'guess' })),
  );
  expect(tries.filter(({ code }) => code === 'wrong-credentials')).toHaveLength(10);
  expect(await post({ account: 'desk-health', password: 'demo' })).toMatchObject({
    status: 429,
    code: 'too-many-attempts',
  });
  centre.clock.forward(16 * 60_000);
  expect(await post({ account: 'desk-health', password: 'demo' })).toMatchObject({ status: 200 });
});

test('another website cannot sign in or act for somebody', async () => {
  const account = { account: 'window3', password: 'demo' };
  expect(await post(account, { origin: 'https://elsewhere.example' })).toMatchObject({
    status: 403,
    code: 'foreign-origin',
  });
  expect(await post(account, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
  expect(
    await post(account, { origin: centre.origin, 'sec-fetch-site': 'same-origin' }),
  ).toMatchObject({ status: 200 });
  const staff = await signIn(centre.origin, 'window3');
  const form = await fetch(`${centre.origin}/api/v1/cases/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'text=x',
  });
  expect(form.status).toBe(415);
  const foreign = await staff.ask('POST', '/cases/search', { text: '丁' }, { origin: 'null' });
  expect(foreign.status).toBe(403);
});

test('a citizen and somebody not signed in have no list; a made-up cookie is nobody', async () => {
  const citizen = await signIn(centre.origin, 'xiaohe');
  expect((await citizen.ask('GET', '/cases')).status).toBe(403);
  expect((await fetch(`${centre.origin}/api/v1/cases`)).status).toBe(401);
  const cookie = `tongban_session=${'A'.repeat(43)}`;
  expect((await fetch(`${centre.origin}/api/v1/cases`, { headers: { cookie } })).status).toBe(401);
});

test('[A12] where no identity provider is named there is no way to it', async () => {
  const at = `${centre.origin}/api/v1/session`;
  expect(await (await fetch(`${at}/ways`)).json()).toEqual({ password: true, provider: false });
  for (const way of ['provider?page=phone', 'callback?code=x&state=y']) {
    const answer = await fetch(`${at}/${way}`, { redirect: 'manual' });
    expect(answer.status).toBe(404);
  }
});
