import { shippedCatalogue } from '@tongban/catalogue';
import { answerSupplement, type Receipt, rate } from '@tongban/core';
import { blankJpeg } from '@tongban/core/testing';
import type { StatusAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyAudit } from '../audit/verify.ts';
import {
  fillNewborn,
  fillPermit,
  makeApplicant,
  newborn,
  people,
  permit,
  shown,
} from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { signIn } from '../testing/staff.ts';
import { tick } from './tick.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

// A residence permit's fields are kept for ten years at most, a newborn's for thirty.
let centre: RunningCentre;
let kiosk: Device;
/** Asks, and brings what comes late: by then the kiosk's certificate is over, and a phone has none. */
let phone: Device;
let applicant: ReturnType<typeof makeApplicant>;
let refused: Receipt;
let open: Receipt;
let bundle: Receipt;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  applicant = makeApplicant(kiosk, centre.clock, '9');
  const mother = await shown(people.mother, centre.clock);
  const filed = async () => {
    const visit = await applicant.begin(permit);
    await fillPermit(visit, mother);
    return applicant.submit(visit);
  };
  [refused, open] = [await filed(), await filed()];
  const visit = await applicant.begin(newborn);
  await fillNewborn(visit, mother);
  bundle = await applicant.submit(visit);
  await rate(
    { receipt: refused, language: 'zh-CN', level: 'good', comment: '窗口很耐心。' },
    applicant.ports,
  );
  await applicant.deliver();
  await centre.judging.settled();
  const police = await signIn(centre.origin, 'desk-police');
  const done = await police.act(refused.number, 'refuse', {
    reasons: ['out-of-scope'],
    text: '请到户籍地办理。',
  });
  expect(done.status).toBe(200);
});
afterAll(() => centre.end());

/** What is kept of a submission, by the number on its receipt. */
async function kept(receipt: Receipt) {
  const { database } = centre.centre;
  const count = async (sql: string) =>
    (await database.query<{ n: number }>(`select count(*)::int as n from ${sql}`, [receipt.number]))
      .rows[0]?.n;
  const cases = 'select case_number from cases where receipt_number = $1';
  const submission = 'select submission_id from receipts where receipt_number = $1';
  return {
    cases: await count('cases where receipt_number = $1'),
    envelopes: await count(
      `envelopes where envelope <> '{}' and submission_id in (${submission}
       union select submission_id from ratings where receipt_number = $1
       union select submission_id from case_envelopes where case_number in (${cases}))`,
    ),
    notes: await count(`notes where case_number in (${cases})`),
    tokens: await count(`case_tokens where case_number in (${cases})`),
    comments: await count('ratings where receipt_number = $1 and sealed_comment is not null'),
  };
}
async function files(): Promise<number> {
  const { rows } = await centre.centre.database.query<{ n: number }>(
    'select count(*)::int as n from files',
  );
  return rows[0]?.n ?? 0;
}
async function ask(receipt: Receipt, residentId?: string) {
  const answer = await phone.ask('POST', '/api/v1/status', {
    receiptNumber: receipt.number,
    secret: receipt.secret,
    ...(residentId && { residentId }),
  });
  return (await answer.json()) as StatusAnswer & { code?: string };
}
const forgotten = async () =>
  (
    await centre.centre.database.query<{ subject: string; actor: string; detail: object }>(
      `select subject, actor, detail from audit where event = 'case.forgotten' order by seq`,
    )
  ).rows;

const nothing = { cases: 1, envelopes: 0, notes: 0, tokens: 0, comments: 0 };

test('nothing goes before the last day is over', async () => {
  const before = [await kept(refused), await files()];
  expect(before[0]).toMatchObject({ cases: 1, envelopes: 2, notes: 1, comments: 1 });
  await tick(centre.centre);
  centre.clock.set('2036-11-23T15:59:00.000Z');
  await tick(centre.centre);
  expect([await kept(refused), await files()]).toEqual(before);
});

test('on the next day its content is gone, and other cases keep theirs', async () => {
  const others = [await kept(open), await kept(bundle)];
  const [all, own] = [await files(), await filesOf(refused)];
  expect(own).toBeGreaterThan(0);
  centre.clock.set('2036-11-23T16:00:00.000Z');
  await tick(centre.centre);
  expect(await kept(refused)).toEqual(nothing);
  expect(await files()).toBe(all - own);
  expect([await kept(open), await kept(bundle)]).toEqual(others);
  expect(await forgotten()).toEqual([
    { subject: refused.number, actor: 'centre', detail: { keptUntil: '2036-11-23' } },
  ]);
  await tick(centre.centre);
  expect(await forgotten()).toHaveLength(1);
});

test('who looks at it sees that it was and how it ended, not whose it was', async () => {
  const police = await signIn(centre.origin, 'desk-police');
  const detail = await police.detail(refused.number);
  expect(detail.row).toMatchObject({ state: 'refused', applicant: '' });
  expect([detail.answers, detail.materials, detail.papers, detail.notes, detail.evidence]).toEqual([
    [],
    [],
    [],
    [],
    [],
  ]);
  const found = (await police.search('丁小禾')).map(({ caseNumber }) => caseNumber);
  expect(found).toContain(open.number);
  expect(found).not.toContain(refused.number);
});

test('the receipt still opens the public half; no number opens more', async () => {
  expect(await ask(refused)).toMatchObject({ cases: [{ state: 'refused' }] });
  expect(await ask(refused, people.mother.residentId)).toMatchObject({ code: 'wrong-id' });
});

test('what comes for it too late goes as well', async () => {
  await answerSupplement(
    { receipt: refused, caseNumber: refused.number, language: 'zh-CN' },
    [{ material: 'home-proof', bytes: blankJpeg }],
    applicant.ports,
  );
  const before = await files();
  const late = [...applicant.disk.envelopes.values()];
  expect(late).toHaveLength(1);
  for (const { envelope, files: own } of late) await phone.send(envelope, own);
  await centre.judging.settled();
  expect(await kept(refused)).toMatchObject({ envelopes: 1 });
  await tick(centre.centre);
  expect(await kept(refused)).toEqual(nothing);
  expect(await files()).toBe(before);
});

test('a bundle goes when the last of its cases may, not with the first', async () => {
  const health = await signIn(centre.origin, 'desk-health');
  const first = (await health.list()).find(
    (row) => row.receiptNumber === bundle.number && row.item === 'birth-certificate',
  );
  const done = await health.act(first?.caseNumber ?? '', 'refuse', { reasons: ['out-of-scope'] });
  expect(done).toMatchObject({ status: 200 });
  const { cases } = await ask(bundle);
  expect(cases.some(({ state }) => state === 'refused')).toBe(true);
  expect(cases.every(({ state }) => state === 'refused')).toBe(false);
  const before = await kept(bundle);
  centre.clock.set('2068-01-01T00:00:00.000Z');
  await tick(centre.centre);
  expect(await kept(bundle)).toEqual(before);
});

test('the log of all of it holds', async () => {
  expect(await verifyAudit({ dataFolder: centre.dataFolder })).toMatchObject({ holds: true });
});

async function filesOf(receipt: Receipt): Promise<number> {
  const { rows } = await centre.centre.database.query<{ n: number }>(
    `select jsonb_array_length(envelope -> 'files') as n from envelopes
     join receipts using (submission_id) where receipt_number = $1`,
    [receipt.number],
  );
  return rows[0]?.n ?? 0;
}
