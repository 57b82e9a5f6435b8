import { shippedCatalogue } from '@tongban/catalogue';
import { grantType, StaffGrant } from '@tongban/sync/protocol';
import { compactVerify, importJWK, type JWK } from 'jose';
import Value from 'typebox/value';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { openGrants } from './grants.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
let counter: Device;
beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue, staffOfflineHours: 9 });
  counter = await makeDevice(centre.origin, centre.clock);
  await counter.enrol('counter', { hall: 'nanhu' });
});
afterAll(() => centre.end());

async function cookieOf(account: string): Promise<string> {
  const answer = await fetch(`${centre.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: 'demo' }),
  });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
const ask = async (device: Device, account?: string) =>
  device.ask('POST', '/api/v1/session/grant', undefined, {
    'x-tongban': '1',
    ...(account === undefined ? {} : { cookie: await cookieOf(account) }),
  });

test('[A6] [A11] a clerk who is signed in at a counter of the hall gets a grant, signed, for so long', async () => {
  const answer = await ask(counter, 'window3');
  const { grant: jws } = (await answer.json()) as { grant: string };
  const key = await importJWK(counter.enrolment().grantKey as JWK, 'ES256');
  const { payload, protectedHeader } = await compactVerify(jws, key);
  expect(protectedHeader.typ).toBe(grantType);
  const grant: unknown = JSON.parse(new TextDecoder().decode(payload));
  expect(Value.Check(StaffGrant, grant)).toBe(true);
  const now = centre.clock.now();
  expect(grant).toEqual({
    who: { account: 'window3', name: '何敏', role: 'counter', window: '3' },
    hall: 'nanhu',
    terminal: counter.id,
    issuedAt: now.toISOString(),
    until: new Date(now.getTime() + 9 * 3_600_000).toISOString(),
  });
  const { rows } = await centre.centre.database.query<{ actor: string; subject: string }>(
    "select actor, subject from audit where event = 'session.granted'",
  );
  expect(rows).toEqual([{ actor: 'window3', subject: counter.id }]);
});

test('[A6] nobody else does, and nowhere else', async () => {
  const elsewhere = await makeDevice(centre.origin, centre.clock);
  await elsewhere.enrol('counter', { hall: 'beita' });
  const kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  expect((await ask(counter)).status).toBe(401);
  for (const account of ['desk-police', 'supervisor', 'xiaohe']) {
    expect((await ask(counter, account)).status).toBe(403);
  }
  expect((await ask(elsewhere, 'window3')).status).toBe(403);
  expect((await ask(kiosk, 'window3')).status).toBe(403);
});

test('[A6] the key is the same at every start, and only its public half goes out', async () => {
  const [one, two] = await Promise.all([
    openGrants(centre.dataFolder, centre.clock),
    openGrants(centre.dataFolder, centre.clock),
  ]);
  expect(one.publicKey).toEqual(two.publicKey);
  expect(counter.enrolment().grantKey).toEqual({ ...one.publicKey });
  expect(one.publicKey).not.toHaveProperty('d');
});
