import { shippedCatalogue } from '@tongban/catalogue';
import type { Receipt } from '@tongban/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { adminUrlOf } from '../database/embedded.ts';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';
import { tick } from './tick.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
let kiosk: Device;
let police: Staff;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  police = await signIn(centre.origin, 'desk-police');
});
afterAll(() => centre.end());

async function filed(): Promise<Receipt> {
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  const receipt = await applicant.submit(visit);
  await applicant.deliver();
  await centre.judging.settled();
  return receipt;
}

const query = (sql: string, ...values: unknown[]) => centre.centre.database.query(sql, values);
const askSupplement = (number: string) =>
  police.act(number, 'request-supplement', { reasons: ['illegible'], materials: ['home-proof'] });

test('[M7] a case whose findings do not open stands in the list without a name, and time goes on for it and the others', async () => {
  const [poisoned, sound] = [await filed(), await filed()];
  for (const { number } of [poisoned, sound]) await askSupplement(number);
  await query(`update cases set sealed = '\\x01ff' where case_number = $1`, poisoned.number);
  const rows = await police.list();
  const name = (number: string) => rows.find((row) => row.caseNumber === number)?.applicant;
  expect([name(poisoned.number), name(sound.number)]).toEqual(['', '丁小禾']);
  centre.clock.set('2026-12-08T02:00:00.000Z');
  const { returned } = await tick(centre.centre);
  expect(returned).toEqual(expect.arrayContaining([poisoned.number, sound.number]));
});

test('[M7] what cannot be done for one case keeps nothing else from being done', async () => {
  police = await signIn(centre.origin, 'desk-police');
  const [stuck, sound] = [await filed(), await filed()];
  for (const { number } of [stuck, sound]) await askSupplement(number);
  await query(
    `insert into handovers (locator, given_by, ciphertext, state, expires_at) values ('old', 't', 'x', 'waiting', '2026-12-01')`,
  );
  await query(
    `create function stuck() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`,
  );
  await query(
    `create trigger stuck before update on cases for each row when (old.case_number = '${stuck.number}') execute function stuck()`,
  );
  centre.clock.set('2026-12-28T02:00:00.000Z');
  expect((await tick(centre.centre)).returned).toEqual([sound.number]);
  expect((await query(`select 1 from handovers where locator = 'old'`)).rows).toEqual([]);
  await query('drop function stuck cascade');
  expect((await tick(centre.centre)).returned).toEqual([stuck.number]);
});

test('[M7] envelopes that no longer open keep no newer one from being judged, and are laid before a counter', async () => {
  const broken = (id: string, attempts: number) =>
    query(
      `insert into envelopes (submission_id, kind, manifest_hash, terminal, sent_by, envelope, received_at, correlation, attempts)
       values ($1, 'application', 'h', 't', 't', '{"jwe": "x", "files": []}', '2026-01-01', 'test-broken', $2)`,
      id,
      attempts,
    );
  for (let n = 0; n < 205; n += 1) await broken(`broken-${n}`, 0);
  await broken('tried-often', 5);
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  const { number } = await applicant.submit(visit);
  await applicant.deliver();
  const standing = async () =>
    (
      await query(
        `select c.receipt_number, x.fault from cases c left join corrections x using (case_number)
         where c.receipt_number = $1 or c.submission_id = 'tried-often' order by x.fault`,
        number,
      )
    ).rows;
  await vi.waitUntil(async () => (await standing()).length === 2, { timeout: 30_000 });
  expect(await standing()).toMatchObject([
    { fault: 'judgement-failed' },
    { receipt_number: number, fault: null },
  ]);
  await query(`update envelopes set judged_at = 'never' where submission_id like 'broken-%'`);
});

test('[M8] while one process ticks, another does nothing', async () => {
  police = await signIn(centre.origin, 'desk-police');
  const { number } = await filed();
  await askSupplement(number);
  centre.clock.set('2027-01-20T02:00:00.000Z');
  const other = new pg.Client({ connectionString: (await adminUrlOf(centre.dataFolder))! });
  await other.connect();
  try {
    await other.query('select pg_advisory_lock(7300004)');
    expect(await tick(centre.centre)).toEqual({ returned: [] });
  } finally {
    await other.end();
  }
  await vi.waitUntil(async () => (await tick(centre.centre)).returned.includes(number));
});

test('[P7] halls let go of a case six weeks after it was concluded, and see it again should it move', async () => {
  police = await signIn(centre.origin, 'desk-police');
  const { number } = await filed();
  await police.act(number, 'refuse', {
    reasons: [shippedCatalogue.reasons.find((reason) => reason.for.includes('refuse'))!.id],
  });
  const published = async () =>
    (
      await query(
        `select deleted, body is null as empty from changes where scope = 'status:hall:nanhu' and id = $1`,
        number,
      )
    ).rows[0];
  centre.clock.forward(41 * 86_400_000);
  await tick(centre.centre);
  expect(await published()).toEqual({ deleted: false, empty: false });
  centre.clock.forward(2 * 86_400_000);
  await tick(centre.centre);
  expect(await published()).toEqual({ deleted: true, empty: true });
  const before = await query(`select seq from scopes where scope = 'status:hall:nanhu'`);
  await tick(centre.centre);
  expect((await query(`select seq from scopes where scope = 'status:hall:nanhu'`)).rows).toEqual(
    before.rows,
  );
});

test('one Idempotency-Key for two cases at the same moment: one is done, the other is refused', async () => {
  police = await signIn(centre.origin, 'desk-police');
  const [one, other] = [await filed(), await filed()];
  const accept = (number: string) =>
    police.ask(
      'POST',
      `/cases/${number}/actions`,
      { action: 'accept', seen: 'received', reasons: [], materials: [], text: '' },
      { 'idempotency-key': 'one-key-for-two' },
    );
  const answers = await Promise.all([accept(one.number), accept(other.number)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
});

test('a look whose entry could not be written is written at the next one', async () => {
  const { number } = await filed();
  await query('alter table audit_head rename to audit_head_away');
  expect((await police.ask('GET', `/cases/${number}`)).status).toBe(500);
  await query('alter table audit_head_away rename to audit_head');
  await police.detail(number);
  const looks = await query(
    `select actor from audit where event = 'case.opened' and subject = $1`,
    number,
  );
  expect(looks.rows).toEqual([{ actor: 'desk-police' }]);
});
