import { shippedCatalogue } from '@tongban/catalogue';
import { type HealthReport, protocolVersion, type TerminalsAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeTerminal } from '../terminal/operate.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { signIn } from '../testing/staff.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
});
afterAll(() => centre.end());

const path = '/api/v1/terminals/self/health';
const report: HealthReport = {
  appVersion: '0.1.0',
  protocol: protocolVersion,
  catalogueVersion: shippedCatalogue.version,
  unsent: 2,
  oldestUnsent: '2026-11-23T01:10:00.000Z',
  setAside: 0,
  room: 3_000_000_000,
  persisted: 'granted',
  skew: -1_200,
};

async function device(profile: 'kiosk' | 'counter' | 'phone', hall?: string): Promise<Device> {
  const made = await makeDevice(centre.origin, centre.clock);
  await made.enrol(profile, hall === undefined ? {} : { hall });
  return made;
}

async function seenBy(account: string): Promise<TerminalsAnswer> {
  const staff = await signIn(centre.origin, account);
  return (await (await staff.ask('GET', '/terminals')).json()) as TerminalsAnswer;
}

test('[T4] a hall sees its own terminals, as they last said, and no other hall’s', async () => {
  const [kiosk, counter] = [await device('kiosk', 'nanhu'), await device('counter', 'nanhu')];
  const other = await device('kiosk', 'beita');
  await device('phone');
  expect((await kiosk.ask('PUT', path, report)).status).toBe(200);
  centre.clock.forward(61_000);
  const newer = { ...report, unsent: 0, setAside: 1 };
  expect((await kiosk.ask('PUT', path, newer)).status).toBe(200);
  await closeTerminal(centre.centre, counter.id, 'test');

  const seen = await seenBy('window3');
  expect(seen.catalogueVersion).toBe(shippedCatalogue.version);
  const now = centre.clock.now().toISOString();
  expect(seen.terminals).toEqual([
    {
      terminal: kiosk.id,
      name: '自助机 01',
      profile: 'kiosk',
      hall: 'nanhu',
      state: 'open',
      heardAt: now,
      report: newer,
    },
    {
      terminal: counter.id,
      name: expect.any(String),
      profile: 'counter',
      hall: 'nanhu',
      state: 'closed',
    },
  ]);
  const all = await seenBy('supervisor');
  expect(all.terminals.map(({ terminal }) => terminal)).toEqual(
    expect.arrayContaining([kiosk.id, counter.id, other.id]),
  );
});

test('[T4] a department’s desk and a citizen see none of it', async () => {
  for (const account of ['desk-police', 'xiaohe']) {
    const person = await signIn(centre.origin, account);
    expect((await person.ask('GET', '/terminals')).status).toBe(403);
  }
  expect((await fetch(`${centre.origin}/api/v1/terminals`)).status).toBe(401);
});

test('[T2] what is more than numbers and times is refused, and a phone is not kept', async () => {
  const kiosk = await device('kiosk', 'nanhu');
  const wrong: unknown[] = [
    { ...report, person: '丁小禾' },
    { ...report, unsent: -1 },
    { ...report, persisted: 'perhaps' },
    {},
  ];
  for (const body of wrong) expect((await kiosk.ask('PUT', path, body)).status).toBe(400);
  const phone = await device('phone');
  expect((await phone.ask('PUT', path, report)).status).toBe(403);
});
