import { shippedCatalogue } from '@tongban/catalogue';
import { answerSupplement, type Receipt } from '@tongban/core';
import type { StatusAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';
import { tick } from './tick.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
let counter: Device;
let police: Staff;
let window3: Staff;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  counter = await makeDevice(centre.origin, centre.clock);
  await counter.enrol('counter', { hall: 'nanhu' });
  await signInAll();
});
afterAll(() => centre.end());

/** Again after the clock was turned by more than a session lasts. */
async function signInAll(): Promise<void> {
  police = await signIn(centre.origin, 'desk-police');
  window3 = await signIn(centre.origin, 'window3');
}

/** A permit filed by staff at counter 3 for somebody with ticket A031. */
async function filed(): Promise<Receipt> {
  const applicant = makeApplicant(counter, centre.clock, '1');
  const visit = await applicant.begin(permit);
  await visit.setFiling({ mode: 'assisted', staff: 'window3', staffName: '何敏', ticket: 'A031' });
  await fillPermit(visit, await shown(people.mother, centre.clock));
  const receipt = await applicant.submit(visit);
  await applicant.deliver();
  await centre.judging.settled();
  return receipt;
}

test('an assisted filing carries its ticket, and the trail names staff and applicant', async () => {
  const { number } = await filed();
  const [row] = await window3.search('A031');
  expect(row).toMatchObject({ caseNumber: number, ticket: 'A031' });
  const { filing, trail } = await window3.detail(number);
  expect(filing).toEqual({ mode: 'assisted', staff: 'window3', staffName: '何敏', ticket: 'A031' });
  expect(trail?.[0]).toMatchObject({ event: 'case.filed-assisted', actor: 'window3 何敏, 丁小禾' });
  const put = await window3.ask('PUT', `/cases/${number}/ticket`, { ticket: 'B012' });
  expect(put.status).toBe(204);
  expect((await police.ask('PUT', `/cases/${number}/ticket`, { ticket: 'B012' })).status).toBe(403);
  expect((await window3.detail(number)).row.ticket).toBe('B012');
});

test('an act needs a reason, a known one, and the state that was seen', async () => {
  const { number } = await filed();
  const act = (more: object) => police.act(number, 'request-supplement', more);
  expect(await act({})).toMatchObject({ status: 422, code: 'reason-needed' });
  expect(await act({ reasons: ['no-such-reason'], text: '。' })).toMatchObject({
    status: 422,
    code: 'unknown-reason',
  });
  expect(await act({ reasons: ['illegible'] })).toMatchObject({
    status: 422,
    code: 'material-needed',
  });
  expect(await act({ reasons: ['illegible'], materials: ['passport'] })).toMatchObject({
    status: 422,
    code: 'unknown-material',
  });
  expect(await act({ reasons: ['illegible'], text: '。', seen: 'accepted' })).toMatchObject({
    status: 409,
    code: 'case-moved-on',
  });
  expect(await police.act(number, 'grant')).toMatchObject({
    status: 409,
    code: 'action-not-allowed',
  });
  expect(await window3.act(number, 'grant')).toMatchObject({
    status: 409,
    code: 'action-not-allowed',
  });
  expect((await police.detail(number)).events).toHaveLength(2);
});

test('a counter accepts with a gap only what may be promised, and nothing plainly while something is promised', async () => {
  const { number } = await filed();
  expect((await window3.detail(number)).actions).toEqual([
    'accept-with-gap',
    'request-supplement',
    'refuse',
  ]);
  expect(await window3.act(number, 'accept')).toMatchObject({ code: 'action-not-allowed' });
  expect(await window3.act(number, 'accept-with-gap')).toMatchObject({ code: 'material-needed' });
  expect(await window3.act(number, 'accept-with-gap', { materials: ['home-proof'] })).toMatchObject(
    { code: 'unknown-material' },
  );
  const accepted = await window3.act(number, 'accept-with-gap', { materials: ['lease-record'] });
  expect(accepted.detail?.row).toMatchObject({ state: 'accepted', gap: true });
  expect(
    accepted.detail?.materials.find(({ material }) => material === 'lease-record')?.until,
  ).toBe('2026-12-07');
});

test('a notice of words alone is answered in words, which the desk reads', async () => {
  const { number, secret } = await filed();
  const notice = { reasons: ['illegible'], text: '请说明现在的住处从哪天起租。' };
  expect((await police.act(number, 'request-supplement', notice)).status).toBe(200);
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const at = makeApplicant(phone, centre.clock, '2');
  const text = '从今年三月起租。';
  const about = { receipt: { number, secret }, caseNumber: number, language: 'zh-CN' } as const;
  expect(await answerSupplement({ ...about, text }, [], at.ports)).toMatchObject({ ok: true });
  await at.deliver();
  await centre.judging.settled();
  const { row, replies, corrections } = await police.detail(number);
  expect(row.state).toBe('received');
  expect(replies).toEqual([{ at: expect.any(String), text }]);
  expect(corrections ?? []).toEqual([]);
});

test('two who decide at once: one is done, the other is told that the case moved on', async () => {
  const { number } = await filed();
  const done = await Promise.all([
    police.act(number, 'accept', { seen: 'received' }),
    window3.act(number, 'refuse', { seen: 'received', reasons: reasonsFor('refuse') }),
  ]);
  expect(done.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await police.detail(number)).events).toHaveLength(3);
});

function reasonsFor(kind: 'refuse' | 'deny'): string[] {
  return shippedCatalogue.reasons
    .filter((reason) => reason.for.includes(kind))
    .slice(0, 1)
    .map(({ id }) => id);
}

test('a supervisor sees how all stand, and neither files nor full names nor decisions', async () => {
  const { number } = await filed();
  const supervisor = await signIn(centre.origin, 'supervisor');
  const row = (await supervisor.list()).find(({ caseNumber }) => caseNumber === number);
  expect(row?.applicant).toBe('丁＊禾');
  const { papers, actions } = await supervisor.detail(number);
  expect(actions).toEqual([]);
  expect((await supervisor.ask('GET', `/cases/${number}/files/${papers[0]!.address}`)).status).toBe(
    403,
  );
});

test('each look at a case is in the log, once in ten minutes', async () => {
  const { number } = await filed();
  const looks = async () => {
    const { rows } = await centre.centre.database.query(
      `select actor from audit where event = 'case.opened' and subject = $1 order by seq`,
      [number],
    );
    return rows.map(({ actor }) => actor as string);
  };
  await police.detail(number);
  await police.detail(number);
  await window3.detail(number);
  expect(await looks()).toEqual(['desk-police', 'window3']);
  centre.clock.forward(10 * 60_000);
  await police.detail(number);
  expect(await looks()).toEqual(['desk-police', 'window3', 'desk-police']);
});

test('a supplement not answered by its last day returns the case on the next, and not before', async () => {
  const { number, secret } = await filed();
  await police.act(number, 'request-supplement', {
    reasons: ['illegible'],
    materials: ['home-proof'],
  });
  // The last day is the tenth working day; the day ends at midnight in China (16:00 UTC).
  centre.clock.set('2026-12-07T15:59:00.000Z');
  expect(await tick(centre.centre)).toEqual({ returned: [] });
  centre.clock.set('2026-12-07T16:00:00.000Z');
  expect((await tick(centre.centre)).returned).toContain(number);
  expect(await tick(centre.centre)).toEqual({ returned: [] });
  const answer = await counter.ask('POST', '/api/v1/status', { receiptNumber: number, secret });
  expect(((await answer.json()) as StatusAnswer).cases).toMatchObject([{ state: 'returned' }]);
});

test('a promise not kept by its last day returns the case too', async () => {
  await signInAll();
  const { number } = await filed();
  const accepted = await police.act(number, 'accept');
  const until = accepted.detail?.materials.find(
    ({ material }) => material === 'lease-record',
  )?.until;
  expect(until).toBe('2026-12-22');
  centre.clock.set(`${until}T15:59:00.000Z`);
  expect((await tick(centre.centre)).returned).not.toContain(number);
  centre.clock.set(`${until}T16:00:00.000Z`);
  expect((await tick(centre.centre)).returned).toContain(number);
  const { rows } = await centre.centre.database.query(
    `select detail from audit where event = 'case.returned' and subject = $1`,
    [number],
  );
  expect(rows).toEqual([{ detail: { because: 'gap-overdue' } }]);
});

test('more decisions at once than there are database connections all come to an end', async () => {
  await signInAll();
  const { number } = await filed();
  const done = await Promise.all(
    Array.from({ length: 30 }, () => police.act(number, 'accept', { seen: 'received' })),
  );
  expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(done.filter(({ code }) => code === 'case-moved-on')).toHaveLength(29);
});
