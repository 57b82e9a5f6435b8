import { shippedCatalogue } from '@tongban/catalogue';
import { systemClock } from '@tongban/core';
import type { CodeSignIn, CodeSignInState } from '@tongban/sync/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { browserAt, freePort } from '../../testing/browserAt.ts';
import { type RunningCentre, runCentre } from '../../testing/centre.ts';
import { type Device, makeDevice } from '../../testing/device.ts';
import { sessionStore } from '../store.ts';
import { type RunningProvider, runProvider } from './embedded.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const people = {
  'staff-41': { name: '邵岚', tongban_role: 'desk', tongban_department: 'police' },
  'staff-42': {
    name: '戴宁',
    tongban_role: 'counter',
    tongban_hall: 'nanhu',
    tongban_window: '5',
  },
  'citizen-7': { name: '丁小禾', resident_id: '320199199403120027' },
  'staff-45': { name: '程野', tongban_role: 'counter', tongban_hall: 'beita' },
  'staff-43': { name: '无所', tongban_role: 'desk' },
  'staff-44': { name: '自封', tongban_role: 'administrator' },
  // As an account of the demonstration is called.
  window3: { name: '冒名', tongban_role: 'counter', tongban_hall: 'nanhu' },
};

let centre: RunningCentre;
let provider: RunningProvider;
beforeAll(async () => {
  const port = await freePort();
  provider = await runProvider(people, [`http://127.0.0.1:${port}`]);
  centre = await runCentre({
    catalogue: shippedCatalogue,
    clock: systemClock,
    port,
    provider: provider.settings,
  });
});
afterAll(async () => {
  await centre.end();
  await provider.stop();
});

const browser = (at = centre.origin) => browserAt(at);

test('[A13] staff and citizens sign in through the provider and are who its claims say', async () => {
  const desk = browser();
  expect(await desk.signIn('departments', { account: 'staff-41' })).toBe('/departments/');
  expect(await desk.who()).toEqual({
    account: 'staff-41',
    name: '邵岚',
    role: 'desk',
    department: 'police',
  });
  const { answer } = await desk.go(`${centre.origin}/api/v1/cases`);
  expect(answer.status).toBe(200);
  const counter = browser();
  expect(await counter.signIn('counter', { account: 'staff-42' })).toBe('/counter/');
  expect(await counter.who()).toMatchObject({ role: 'counter', window: '5' });
  const phone = browser();
  expect(await phone.signIn('phone', { account: 'citizen-7' })).toBe('/phone/sign-in');
  expect(await phone.who()).toEqual({ account: 'citizen-7', name: '丁小禾', role: 'citizen' });
  expect((await phone.go(`${centre.origin}/api/v1/cases`)).answer.status).toBe(403);
  expect([...phone.cookies().keys()]).toEqual(['tongban_session']);
});

test('the ID number of a citizen is kept as a keyed hash only, and is in no log line', async () => {
  await browser().signIn('phone', { account: 'citizen-7' });
  const { database } = centre.centre;
  const { rows } = await database.query<{ row: string }>('select a::text as row from accounts a');
  const all = rows.map(({ row }) => row).join('\n');
  expect(all).toContain('citizen-7');
  expect(all).not.toContain('320199199403120027');
  expect(centre.logged.join('\n')).not.toMatch(/320199199403120027|丁小禾|code=|state=/);
});

test('[A12] an answer counts once', async () => {
  const one = browser();
  const back = await one.errand('departments', { account: 'staff-41' });
  expect((await one.go(back)).to).toBe(`${centre.origin}/departments/`);
  expect((await one.go(back)).to).toBe(`${centre.origin}/phone/sign-in?sign-in=sign-in-over`);
});

test('[A12] an answer counts in the browser that was sent, and nowhere else', async () => {
  const attacker = browser();
  const back = await attacker.errand('departments', { account: 'staff-41' });
  const victim = browser();
  expect((await victim.go(back)).to).toMatch(/\/departments\/\?sign-in=sign-in-over$/);
  expect(await victim.who()).toBe(401);
  // Nor may it be tried again by whoever began it: the theft is over for both.
  expect((await attacker.go(back)).to).toMatch(/sign-in-over$/);
});

test('[A12] a made-up state, a code of another errand and another issuer sign nobody in', async () => {
  const one = browser();
  const back = new URL(await one.errand('departments', { account: 'staff-41' }));
  const madeUp = new URL(back);
  madeUp.searchParams.set('state', 'made-up');
  expect((await one.go(madeUp.href)).to).toMatch(/sign-in-over$/);
  const other = new URL(await one.errand('departments', { account: 'staff-42' }));
  other.searchParams.set('code', back.searchParams.get('code') ?? '');
  expect((await one.go(other.href)).to).toMatch(/\/departments\/\?sign-in=provider-refused$/);
  const elsewhere = new URL(await one.errand('departments', { account: 'staff-41' }));
  elsewhere.searchParams.set('iss', 'https://elsewhere.example');
  expect((await one.go(elsewhere.href)).to).toMatch(/provider-(refused|unreachable)$/);
  expect(await one.who()).toBe(401);
});

test('[A12] an errand is over after a quarter of an hour', async () => {
  const one = browser();
  const back = await one.errand('departments', { account: 'staff-41' });
  await centre.centre.database.query('update sign_ins set expires_at = $1', [
    new Date(Date.now() - 1_000).toISOString(),
  ]);
  expect((await one.go(back)).to).toMatch(/sign-in-over$/);
});

test('[A12] whoever says no at the provider is told so on the page', async () => {
  const one = browser();
  expect(await one.signIn('departments', { account: '' })).toBe(
    '/departments/?sign-in=provider-refused',
  );
});

test('[A14] at a desk the provider asks anew although somebody is signed in there; on a phone it need not', async () => {
  const one = browser();
  await one.signIn('departments', { account: 'staff-41' });
  await one.signIn('departments', { account: 'staff-42' });
  expect(await one.who()).toMatchObject({ account: 'staff-42' });
  await one.signIn('phone', { account: '' });
  expect(await one.who()).toMatchObject({ account: 'staff-42' });
});

test('[A13] claims that do not fit open nothing: a desk without department, a role that is unknown here', async () => {
  for (const account of ['staff-43', 'staff-44']) {
    const one = browser();
    expect(await one.signIn('departments', { account })).toBe('/departments/?sign-in=claims-unfit');
    expect(await one.who()).toBe(401);
  }
});

test('[A13] no password opens an account that the provider vouches for', async () => {
  await browser().signIn('departments', { account: 'staff-41' });
  for (const password of ['', 'demo', 'nobody', 'null']) {
    const answer = await fetch(`${centre.origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'staff-41', password }),
    });
    expect(answer.status, password).toBe(401);
  }
});

test('[A13] an account that is somebody else’s here is not taken over', async () => {
  const one = browser();
  expect(await one.signIn('counter', { account: 'window3' })).toBe(
    '/counter/?sign-in=account-of-another',
  );
  const { rows } = await centre.centre.database.query(
    "select name from accounts where account = 'window3'",
  );
  expect(rows).toEqual([{ name: '何敏' }]);
});

test('what the provider says today replaces what it said before, in running sessions as well', async () => {
  const before = browser();
  await before.signIn('departments', { account: 'staff-41' });
  people['staff-41'].tongban_department = 'market';
  await browser().signIn('departments', { account: 'staff-41' });
  expect(await before.who()).toMatchObject({ department: 'market' });
  people['staff-41'].tongban_department = 'police';
});

test('[A12] a page of nobody’s, and an origin that is not ours, are sent nowhere', async () => {
  const to = `${centre.origin}/api/v1/session/provider`;
  expect((await fetch(`${to}?page=https://elsewhere.example`)).status).toBe(400);
  const { answer } = await browser().go(`${to.replace('127.0.0.1', 'localhost')}?page=phone`);
  expect(answer.status).toBe(403);
});

describe('a counter signs in by a code that is confirmed elsewhere', () => {
  let counter: Device;
  beforeAll(async () => {
    counter = await makeDevice(centre.origin, systemClock);
    await counter.enrol('counter', { hall: 'nanhu' });
  });
  const begin = async (device = counter) => {
    const answer = await device.ask('POST', '/api/v1/session/code', undefined, {
      'x-tongban': '1',
    });
    return { status: answer.status, code: (await answer.json()) as CodeSignIn };
  };
  const ask = async (handle: string, device = counter) => {
    // As if the interval that the provider wants had passed.
    await centre.centre.database.query("update code_sign_ins set ask_after = '2020'");
    return device.ask('POST', '/api/v1/session/code/ask', { handle });
  };
  const stateOf = async (answer: Response) => (await answer.json()) as CodeSignInState;

  /** On the clerk's own phone, at the provider. */
  async function confirm(code: CodeSignIn, account: string) {
    const { go } = browser();
    const asked = await (await go(code.addressWithCode ?? '')).answer.text();
    const fields = (html: string) =>
      Object.fromEntries(
        [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
          ([, name = '', value = '']) => [name, value],
        ),
      );
    const device = `${provider.settings.issuer}/device`;
    const compared = await (await go(device, fields(asked))).answer.text();
    let { to } = await go(device, { ...fields(compared), confirm: 'yes' });
    for (let steps = 0; steps < 6 && to !== undefined; steps += 1)
      to = (await go(to, to.includes('/interaction/') ? { account } : undefined)).to;
  }

  test('[A16] with the cookie in the answer, once somebody of its hall confirmed', async () => {
    const { code } = await begin();
    expect(code.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(await stateOf(await ask(code.handle))).toEqual({ state: 'waiting' });
    await confirm(code, 'staff-42');
    const answer = await ask(code.handle);
    expect(await stateOf(answer)).toEqual({ state: 'signed-in' });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^tongban_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict/,
    );
    const who = await fetch(`${centre.origin}/api/v1/session`, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(await who.json()).toMatchObject({ account: 'staff-42', window: '5' });
    expect(await stateOf(await ask(code.handle))).toEqual({ state: 'over', why: 'sign-in-over' });
  });

  test('[A16] not oftener than the provider wants to be asked', async () => {
    const { code } = await begin();
    await ask(code.handle);
    const { rows } = await centre.centre.database.query<{ ask_after: string }>(
      'select ask_after from code_sign_ins',
    );
    expect(Date.parse(rows[0]?.ask_after ?? '') - Date.now()).toBeGreaterThan(
      (code.intervalSeconds - 1) * 1_000,
    );
  });

  test('[A16] a desk’s clerk and one of another hall come in by none', async () => {
    for (const account of ['staff-41', 'staff-45']) {
      const { code } = await begin();
      await confirm(code, account);
      const answer = await ask(code.handle);
      expect(await stateOf(answer)).toEqual({ state: 'over', why: 'not-this-counter' });
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  test('[A16] another counter learns nothing by the handle, and a kiosk cannot begin', async () => {
    const { code } = await begin();
    await confirm(code, 'staff-42');
    const other = await makeDevice(centre.origin, systemClock);
    await other.enrol('counter', { hall: 'nanhu' });
    expect(await stateOf(await ask(code.handle, other))).toEqual({
      state: 'over',
      why: 'sign-in-over',
    });
    const kiosk = await makeDevice(centre.origin, systemClock);
    await kiosk.enrol('kiosk', { hall: 'nanhu' });
    expect((await begin(kiosk)).status).toBe(403);
    expect(await stateOf(await ask(code.handle))).toEqual({ state: 'signed-in' });
  });
});

test('what is over is swept, and with it citizens who have no session left', async () => {
  const one = browser();
  await one.signIn('phone', { account: 'citizen-7' });
  await one.signIn('departments', { account: 'staff-41' });
  const { database } = centre.centre;
  await database.query("update sessions set expires_at = '2020-01-01T00:00:00.000Z'");
  await sessionStore(centre.centre).sweep();
  const { rows } = await database.query<{ account: string }>(
    'select account from accounts where issuer is not null',
  );
  const left = rows.map(({ account }) => account);
  expect(left).toContain('staff-41');
  expect(left).not.toContain('citizen-7');
});

test('[A15] while the provider is away the page says so, and everything else goes on', async () => {
  const port = await freePort();
  const gone = await runProvider({}, [`http://127.0.0.1:${port}`]);
  await gone.stop();
  const other = await runCentre({
    catalogue: shippedCatalogue,
    clock: systemClock,
    port,
    provider: gone.settings,
  });
  try {
    const answer = await fetch(`${other.origin}/api/v1/session/provider?page=departments`, {
      redirect: 'manual',
    });
    expect(answer.headers.get('location')).toBe('/departments/?sign-in=provider-unreachable');
    expect((await fetch(`${other.origin}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${other.origin}/api/v1/session/ways`)).json()).toEqual({
      password: true,
      provider: true,
    });
  } finally {
    await other.end();
  }
});

test('[A13] in production the provider is the only way, and its cookies are Secure', async () => {
  const port = await freePort();
  const own = await runProvider(people, [`http://127.0.0.1:${port}`]);
  const strict = await runCentre({
    catalogue: shippedCatalogue,
    clock: systemClock,
    port,
    demonstration: false,
    provider: own.settings,
  });
  try {
    expect(await (await fetch(`${strict.origin}/api/v1/session/ways`)).json()).toEqual({
      password: false,
      provider: true,
    });
    const sent = await fetch(`${strict.origin}/api/v1/session/provider?page=departments`, {
      redirect: 'manual',
    });
    expect(sent.headers.getSetCookie()).toEqual([
      expect.stringMatching(/; HttpOnly; SameSite=Lax; Max-Age=900; Secure$/),
    ]);
    const one = browser(strict.origin);
    expect(await one.signIn('departments', { account: 'staff-41' })).toBe('/departments/');
    expect(await one.who()).toMatchObject({ role: 'desk', department: 'police' });
  } finally {
    await strict.end();
    await own.stop();
  }
});

test('in clear over a network nobody signs in: such a centre does not start', async () => {
  await expect(
    runCentre({
      catalogue: shippedCatalogue,
      provider: { ...provider.settings, issuer: 'http://id.city.example' },
    }),
  ).rejects.toMatchObject({ code: 'provider-clear' });
});
