import { shippedCatalogue } from '@tongban/catalogue';
import { type ApplicationManifest, base64url, systemRandom, uuid } from '@tongban/core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tick } from '../cases/tick.ts';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { monday, type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** Ten working days from Monday 23 November end on 7 December; the day ends at 16:00 UTC. */
const lastMinute = '2026-12-07T15:59:00.000Z';
const dayAfter = '2026-12-07T16:01:00.000Z';

let centre: RunningCentre;
let kiosk: Device;
let phone: Device;
let police: Staff;
let window3: Staff;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  [kiosk, phone] = [
    await makeDevice(centre.origin, centre.clock),
    await makeDevice(centre.origin, centre.clock),
  ];
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  await phone.enrol('phone');
});
afterAll(() => centre.end());
beforeEach(async () => {
  centre.clock.set(monday);
  [police, window3] = [
    await signIn(centre.origin, 'desk-police'),
    await signIn(centre.origin, 'window3'),
  ];
});

/** A permit of which the lease was asked for again. */
async function asked(): Promise<ApplicationManifest> {
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  const { number } = await applicant.submit(visit);
  const manifest = visit.snapshot().draft.manifest;
  await applicant.deliver();
  await centre.judging.settled();
  await police.act(number, 'request-supplement', {
    reasons: ['illegible'],
    materials: ['home-proof'],
  });
  return manifest as ApplicationManifest;
}

/** The lease, sealed by a device when its clock said so. */
const answerOf = (application: ApplicationManifest, device: Device, sealedAt: string) =>
  device.sealed({
    protocol: 1,
    kind: 'supplement',
    submissionId: uuid(systemRandom),
    nonce: base64url(systemRandom.bytes(16)),
    catalogueVersion: application.catalogueVersion,
    appVersion: 'test',
    terminal: device.id,
    channel: device === phone ? '3' : '9',
    language: 'zh-CN',
    sealedAt,
    filing: { mode: 'self' },
    caseNumber: application.receiptNumber,
    receiptNumber: application.receiptNumber,
    receiptSecretHash: application.receiptSecretHash,
    materials: application.materials.filter(({ material }) => material === 'home-proof'),
    evidence: [],
  });

async function stateOf(number: string): Promise<string> {
  const { rows } = await centre.centre.database.query<{ state: string }>(
    'select state from cases where case_number = $1',
    [number],
  );
  return rows[0]!.state;
}

/** Everybody signs in again: the clock was turned by more than a session lasts. */
async function returned(number: string): Promise<void> {
  centre.clock.set(dayAfter);
  await tick(centre.centre);
  expect(await stateOf(number)).toBe('returned');
  window3 = await signIn(centre.origin, 'window3');
}

test('[M11] handed in in time at a kiosk without a line, it opens the case again when it comes', async () => {
  const application = await asked();
  const answer = await answerOf(application, kiosk, lastMinute);
  await returned(application.receiptNumber);
  expect(await kiosk.offer(answer)).toMatchObject({ verdict: 'received' });
  await centre.judging.settled();
  expect(await stateOf(application.receiptNumber)).toBe('received');
  const { events, row, corrections } = await window3.detail(application.receiptNumber);
  expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['returned', 'supplemented']);
  expect([row.correction, corrections]).toEqual([undefined, []]);
  // It is decided on as if nothing had been.
  await tick(centre.centre);
  expect(await stateOf(application.receiptNumber)).toBe('received');
});

test('[M11] received in time and judged after midnight, it counts', async () => {
  const application = await asked();
  const answer = await answerOf(application, phone, '2026-11-30T02:00:00.000Z');
  const { database } = centre.centre;
  // Judging fails until the day is over.
  await database.query('alter table case_envelopes rename to case_envelopes_away');
  centre.clock.set(lastMinute);
  expect(await phone.offer(answer)).toMatchObject({ verdict: 'received' });
  await returned(application.receiptNumber);
  await database.query('alter table case_envelopes_away rename to case_envelopes');
  await centre.judging.settled();
  expect(await stateOf(application.receiptNumber)).toBe('received');
});

test('[M11] a phone’s clock proves nothing: a counter looks, and may take it as in time', async () => {
  const application = await asked();
  const number = application.receiptNumber;
  const answer = await answerOf(application, phone, lastMinute);
  await returned(number);
  expect(await phone.offer(answer)).toMatchObject({ verdict: 'received' });
  await centre.judging.settled();
  expect(await stateOf(number)).toBe('returned');
  // A day later it still stands in the counter's list, though it was concluded.
  centre.clock.forward(30 * 3_600_000);
  [police, window3] = [
    await signIn(centre.origin, 'desk-police'),
    await signIn(centre.origin, 'window3'),
  ];
  expect((await window3.list()).find((row) => row.caseNumber === number)?.correction).toBe(
    'supplement-late',
  );
  expect((await police.detail(number)).actions).toEqual([]);
  expect((await window3.detail(number)).actions).toEqual(['resolve-correction', 'take-supplement']);
  const taken = await window3.act(number, 'take-supplement');
  expect(taken.detail).toMatchObject({ row: { state: 'received' }, corrections: [] });
  expect(taken.detail?.events.at(-1)).toMatchObject({
    kind: 'supplemented',
    materials: ['home-proof'],
  });
});

test('[M11] what was handed in too late is shown to a counter too, and may stay returned', async () => {
  const application = await asked();
  const number = application.receiptNumber;
  await returned(number);
  await kiosk.offer(await answerOf(application, kiosk, dayAfter));
  await centre.judging.settled();
  expect((await window3.detail(number)).corrections).toEqual([
    { fault: 'supplement-late', about: '' },
  ]);
  const settled = await window3.act(number, 'resolve-correction', { text: '逾期交的。' });
  expect(settled.detail).toMatchObject({ row: { state: 'returned' }, corrections: [] });
  expect(await window3.act(number, 'take-supplement')).toMatchObject({
    code: 'action-not-allowed',
  });
});
