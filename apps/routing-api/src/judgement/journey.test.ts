import { shippedCatalogue } from '@tongban/catalogue';
import {
  answerSupplement,
  type CaseEvent,
  type PublicStatus,
  type Receipt,
  rate,
} from '@tongban/core';
import { blankJpeg } from '@tongban/core/testing';
import type { ChangesAnswer, StatusAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyAudit } from '../audit/verify.ts';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';
import { everythingStored, formsOf } from '../testing/traces.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

// One residence permit from a kiosk to its end, told in the order of these tests.
let centre: RunningCentre;
let kiosk: Device;
let applicant: ReturnType<typeof makeApplicant>;
let police: Staff;
let market: Staff;
let window3: Staff;
let receipt: Receipt;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  police = await signIn(centre.origin, 'desk-police');
  market = await signIn(centre.origin, 'desk-market');
  window3 = await signIn(centre.origin, 'window3');
  applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  const elsewhere = { 'applicant.registeredAddress': '云陵县青石镇望江路 5 号' };
  await fillPermit(visit, await shown(people.mother, centre.clock), elsewhere);
  receipt = await applicant.submit(visit);
});
afterAll(() => centre.end());

const kinds = (events: readonly CaseEvent[]) => events.map(({ kind }) => kind);
async function ask(more: object = {}): Promise<StatusAnswer & { code?: string }> {
  const answer = await kiosk.ask('POST', '/api/v1/status', {
    receiptNumber: receipt.number,
    secret: receipt.secret,
    ...more,
  });
  return (await answer.json()) as StatusAnswer & { code?: string };
}
async function pulled(): Promise<PublicStatus | undefined> {
  const answer = await kiosk.ask('GET', '/api/v1/changes/status');
  const { rows } = (await answer.json()) as ChangesAnswer;
  return rows.find(({ id }) => id === receipt.number)?.body as PublicStatus | undefined;
}

test('[C3] custody echoes the hash that stands on the receipt', async () => {
  const [verdict] = await applicant.deliver();
  expect(verdict).toEqual({
    submissionId: expect.any(String),
    verdict: 'received',
    duplicate: false,
    manifestHash: receipt.manifestHash,
    receivedAt: '2026-11-23T02:00:00.000Z',
  });
  await centre.judging.settled();
});

test('it goes to the branch of the district, by the rule that the catalogue names', async () => {
  const { row, status, corrections } = await police.detail(receipt.number);
  expect(row).toMatchObject({ department: 'police-nanhu', state: 'received', applicant: '丁小禾' });
  expect(status.rule).toBe(0);
  expect(kinds(status.events)).toEqual(['received', 'routed']);
  expect(corrections).toEqual([]);
});

test('the desk above the branch has it in its list; another department has nothing of it', async () => {
  expect((await police.list()).map(({ caseNumber }) => caseNumber)).toEqual([receipt.number]);
  expect(await market.list()).toEqual([]);
  expect(await market.search('丁小禾')).toEqual([]);
  const { address } = (await police.detail(receipt.number)).papers[0]!;
  for (const path of ['', '/papers', `/files/${address}`]) {
    const answer = await market.ask('GET', `/cases/${receipt.number}${path}`);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect(await market.act(receipt.number, 'accept', { seen: 'received' })).toEqual({
    status: 404,
    code: 'unknown-case',
  });
});

test('both papers are signed, whole and certified, also when verified again', async () => {
  const { papers } = await police.detail(receipt.number);
  expect(papers.map(({ paper, holds, reasons }) => [paper, holds, reasons])).toEqual([
    ['application-form', true, []],
    ['gap-commitment', true, []],
  ]);
  const again = await police.ask('GET', `/cases/${receipt.number}/papers`);
  expect(await again.json()).toEqual({ papers });
});

test('a paper comes as the PDF it is, a photograph as the picture it is, and nothing is kept or framed elsewhere', async () => {
  const { papers, materials } = await police.detail(receipt.number);
  const photograph = materials.find(({ material }) => material === 'home-proof')!.files[0]!;
  for (const [address, type] of [
    [papers[0]!.address, 'application/pdf'],
    [photograph.address, 'image/jpeg'],
  ] as const) {
    const file = await police.ask('GET', `/cases/${receipt.number}/files/${address}`);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, type]);
    expect(file.headers.get('cache-control')).toBe('no-store');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-disposition')).toMatch(
      /^inline; filename="[\w-]+\.(pdf|jpg)"$/,
    );
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
  }
  const other = await police.ask('GET', `/cases/${receipt.number}/files/${'A'.repeat(43)}`);
  expect(other.status).toBe(404);
});

test('form and register are shown side by side, differences with their source', async () => {
  const { register } = await police.detail(receipt.number);
  expect(register).toContainEqual({
    field: 'applicant.registeredAddress',
    form: '云陵县青石镇望江路 5 号',
    register: '云陵县青石镇望江路 3 号',
    same: false,
    source: '人口登记（模拟）',
  });
  expect(register).toContainEqual(expect.objectContaining({ field: 'applicant.name', same: true }));
});

test('the credential itself stays at the centre', async () => {
  const { evidence } = await police.detail(receipt.number);
  expect(evidence).toHaveLength(1);
  expect(evidence[0]).not.toHaveProperty('credential');
  expect(evidence[0]?.attributes.name).toBe('丁小禾');
});

test('[P6] the kiosk pulls the public half, which holds codes and dates only', async () => {
  const status = await pulled();
  expect(status).toMatchObject({
    state: 'received',
    department: 'police-nanhu',
    item: 'residence-permit',
  });
  expect(JSON.stringify(status)).not.toMatch(/丁|小禾|320199199403120027|望江/);
});

test('a counter finds it by number, by beginnings of the name, by the ID number, and sees names masked in lists', async () => {
  for (const text of [
    receipt.number,
    receipt.number.slice(0, 20),
    '丁',
    '丁小',
    '丁小禾',
    people.mother.residentId,
  ]) {
    expect([text, (await window3.search(text)).map(({ caseNumber }) => caseNumber)]).toEqual([
      text,
      [receipt.number],
    ]);
  }
  expect(await window3.search('小禾')).toEqual([]);
  expect((await window3.list())[0]).toMatchObject({
    caseNumber: receipt.number,
    applicant: '丁＊禾',
  });
});

test('an act without a key is refused; under one key it is done once, and the key serves nothing else', async () => {
  const bare = await police.ask('POST', `/cases/${receipt.number}/actions`, {
    action: 'request-supplement',
    reasons: ['illegible'],
    materials: ['home-proof'],
    text: '合同第二页看不清。',
    seen: 'received',
  });
  expect([bare.status, await bare.json()]).toEqual([
    400,
    expect.objectContaining({ code: 'idempotency-key-missing' }),
  ]);

  const wanted = {
    reasons: ['illegible'],
    materials: ['home-proof'],
    text: '合同第二页看不清。',
    seen: 'received' as const,
  };
  const tries = await Promise.all(
    Array.from({ length: 4 }, () =>
      police.act(receipt.number, 'request-supplement', wanted, 'one-act-0001'),
    ),
  );
  expect(tries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const other = await police.act(
    receipt.number,
    'request-supplement',
    { ...wanted, text: '另一句' },
    'one-act-0001',
  );
  expect(other).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  const { events, notes } = await police.detail(receipt.number);
  expect(kinds(events)).toEqual(['received', 'routed', 'supplement-requested']);
  expect(notes).toHaveLength(1);
});

test('the notice has its last day in working days, and its words are private', async () => {
  const status = await pulled();
  // Ten working days after Monday 23 November 2026.
  expect(status?.events.at(-1)).toMatchObject({
    kind: 'supplement-requested',
    until: '2026-12-07',
    materials: ['home-proof'],
  });
  expect(JSON.stringify(status)).not.toContain('看不清');
  const open = await ask();
  expect(open).toMatchObject({
    manifestHash: receipt.manifestHash,
    cases: [{ state: 'supplement-requested' }],
  });
  expect(open).not.toHaveProperty('notes');
  const own = await ask({ residentId: people.mother.residentId });
  expect(own.notes).toEqual([
    {
      caseNumber: receipt.number,
      at: expect.any(String),
      text: '合同第二页看不清。',
      materials: ['home-proof'],
    },
  ]);
});

test('a wrong secret and an unknown number are one answer; wrong ID numbers are counted', async () => {
  expect(await ask({ secret: 'AAAAAAAAAAAAAAAAAAAAAA' })).toMatchObject({
    code: 'unknown-receipt',
  });
  expect(await ask({ receiptNumber: '320199920261123000000000000' })).toMatchObject({
    code: 'unknown-receipt',
  });
  const wrong = people.father.residentId;
  for (let tries = 0; tries < 5; tries += 1)
    expect(await ask({ residentId: wrong })).toMatchObject({ code: 'wrong-id' });
  expect(await ask({ residentId: wrong })).toMatchObject({ code: 'too-many-attempts' });
  // Locked for whoever asks, also with the right number, until the quarter of an hour is over.
  expect(await ask({ residentId: people.mother.residentId })).toMatchObject({
    code: 'too-many-attempts',
  });
  centre.clock.forward(16 * 60_000);
  expect(await ask({ residentId: people.mother.residentId })).toHaveProperty('notes');
});

test('a signed-in citizen reads the private half without typing a number', async () => {
  const citizen = await signIn(centre.origin, 'xiaohe');
  const path = '/status';
  const answer = await citizen.ask(
    'POST',
    path,
    { receiptNumber: receipt.number, secret: receipt.secret },
    {
      dpop: await kiosk.proof('POST', `/api/v1${path}`),
    },
  );
  expect(((await answer.json()) as StatusAnswer).notes).toHaveLength(1);
  expect((await citizen.ask('GET', '/cases')).status).toBe(403);
});

test('the answer from a phone reaches the case, and that phone may follow it from then on', async () => {
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  const at = makeApplicant(phone, centre.clock, '3');
  const answered = await answerSupplement(
    { receipt, caseNumber: receipt.number, language: 'zh-CN' },
    [{ material: 'home-proof', bytes: blankJpeg }],
    at.ports,
  );
  expect(answered.ok).toBe(true);
  expect(await at.deliver()).toMatchObject([{ verdict: 'received' }]);
  await centre.judging.settled();
  const { row, materials } = await police.detail(receipt.number);
  expect(row.state).toBe('received');
  expect(materials.find(({ material }) => material === 'home-proof')?.files).toHaveLength(1);
  const changes = (await (
    await phone.ask('GET', '/api/v1/changes/status')
  ).json()) as ChangesAnswer;
  expect(changes.rows.map(({ id }) => id)).toEqual([receipt.number]);
});

test('acceptance carries the promise (容缺) with its last day, starts the clock, and no grant comes before it is kept', async () => {
  const accepted = await police.act(receipt.number, 'accept');
  expect(accepted.detail?.row).toMatchObject({
    state: 'accepted',
    gap: true,
    due: '2026-11-30',
    daysLeft: 5,
  });
  expect(
    accepted.detail?.materials.find(({ material }) => material === 'lease-record'),
  ).toMatchObject({
    state: 'promised',
    until: '2026-12-07',
  });
  expect(accepted.detail?.actions).not.toContain('grant');
  expect(await police.act(receipt.number, 'grant')).toMatchObject({
    status: 409,
    code: 'gap-open',
  });
});

test('a special procedure stops the clock, its end starts it again', async () => {
  const began = await police.act(receipt.number, 'begin-special-procedure');
  expect(began.detail?.row).toMatchObject({ state: 'special-procedure' });
  expect(began.detail?.row).not.toHaveProperty('due');
  centre.clock.forward(7 * 86_400_000);
  police = await signIn(centre.origin, 'desk-police');
  const ended = await police.act(receipt.number, 'end-special-procedure');
  expect(ended.detail?.row).toMatchObject({ state: 'accepted', due: '2026-12-07' });
});

test('the promised material comes, the case is granted, and the kiosk learns it', async () => {
  await answerSupplement(
    { receipt, caseNumber: receipt.number, language: 'zh-CN' },
    [{ material: 'lease-record', bytes: blankJpeg }],
    applicant.ports,
  );
  await applicant.deliver();
  await centre.judging.settled();
  const granted = await police.act(receipt.number, 'grant', { text: '请带身份证领取。' });
  expect(granted.detail?.row).toMatchObject({ state: 'granted', gap: false });
  expect(granted.detail?.actions).toEqual([]);
  expect(await pulled()).toMatchObject({ state: 'granted' });
});

test('a rating counts once, and only with the receipt', async () => {
  const send = async (level: 'very-good' | 'poor', secret: string) => {
    await rate(
      {
        receipt: { number: receipt.number, secret },
        language: 'zh-CN',
        level,
        comment: '很耐心。',
      },
      applicant.ports,
    );
    await applicant.deliver();
    await centre.judging.settled();
  };
  await send('poor', 'AAAAAAAAAAAAAAAAAAAAAA');
  await send('very-good', receipt.secret);
  await send('poor', receipt.secret);
  const { rows } = await centre.centre.database.query(
    'select receipt_number, level from counted_ratings',
  );
  expect(rows).toEqual([{ receipt_number: receipt.number, level: 'very-good' }]);
});

test('the trail names who did what, and the log about it all holds', async () => {
  const { trail } = await police.detail(receipt.number);
  const lines = trail?.map(({ event, actor }) => `${event} ${actor}`);
  expect(lines).toEqual(
    expect.arrayContaining([
      'envelope.received 自助机 01',
      'case.judged centre',
      'case.request-supplement desk-police 高远',
      'case.supplemented centre',
      'case.grant desk-police 高远',
    ]),
  );
  const verdict = await verifyAudit({ dataFolder: centre.dataFolder });
  expect(verdict).toMatchObject({ holds: true });
});

test('neither log lines nor the database hold what the applicant entered, and both were searched for what they do hold', async () => {
  const values = [
    '丁小禾',
    '小禾',
    '320199199403120027',
    '13800136620',
    '望江路',
    '桂子路',
    '看不清',
    '领取',
    '耐心',
    receipt.secret,
  ];
  const lines = centre.logged.join('\n');
  const stored = await everythingStored(centre.centre.database);
  for (const form of values.flatMap(formsOf)) {
    expect([form, lines.includes(form), stored.includes(form)]).toEqual([form, false, false]);
  }
  expect(lines).toContain('/api/v1/cases/:number/actions');
  expect(stored).toContain(receipt.number);
});
