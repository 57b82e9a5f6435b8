import { shippedCatalogue } from '@tongban/catalogue';
import type { Receipt } from '@tongban/core';
import type { ChangesAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fillNewborn, makeApplicant, newborn, people, shown, typed } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

// The newborn bundle from a phone: five items, four departments, in the order in which they depend on each other.
let centre: RunningCentre;
let phone: Device;
let numbers: Record<string, string>;
let receipt: Receipt;
const desks: Record<string, Staff> = {};
const desk = (name: string): Staff => desks[name]!;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  for (const name of ['health', 'police', 'hr', 'insurance', 'market']) {
    desks[name] = await signIn(centre.origin, `desk-${name}`);
  }
  ({ receipt, numbers } = await submitted(await shown(people.mother, centre.clock)));
});
afterAll(() => centre.end());

async function submitted(evidence: Awaited<ReturnType<typeof shown>>) {
  const applicant = makeApplicant(phone, centre.clock, '3');
  const visit = await applicant.begin(newborn);
  await fillNewborn(visit, evidence);
  const made = await applicant.submit(visit);
  expect(await applicant.deliver()).toMatchObject([{ verdict: 'received', duplicate: false }]);
  await centre.judging.settled();
  return {
    receipt: made,
    numbers: { ...visit.snapshot().draft.caseNumbers } as Record<string, string>,
  };
}

const own = {
  health: ['birth-certificate', 'vaccination-certificate'],
  police: ['household-registration'],
  hr: ['social-security-card'],
  insurance: ['medical-insurance'],
  market: [],
};
async function states(): Promise<Record<string, string>> {
  const found = await Promise.all(Object.values(desks).map((one) => one.list()));
  return Object.fromEntries(found.flat().map(({ item, state }) => [item, state]));
}

test('each desk sees its own cases and no other', async () => {
  for (const [name, items] of Object.entries(own)) {
    const rows = await desk(name).list();
    expect([name, rows.map(({ item }) => item).sort()]).toEqual([name, items]);
    for (const [item, number] of Object.entries(numbers)) {
      const answer = await desk(name).ask('GET', `/cases/${number}`);
      expect([name, item, answer.status]).toEqual([
        name,
        item,
        (items as string[]).includes(item) ? 200 : 404,
      ]);
    }
  }
});

test('each desk gets the fields, materials and papers that its item names, and none of the others', async () => {
  for (const [name, items] of Object.entries(own)) {
    for (const id of items) {
      const item = shippedCatalogue.items.find((one) => one.id === id)!;
      const asked = new Set(
        item.questions.flatMap(({ fields }) => fields.map(({ field }) => field)),
      );
      const detail = await desk(name).detail(numbers[id]!);
      expect(detail.answers.length).toBeGreaterThan(0);
      for (const { field } of detail.answers)
        expect([id, field, asked.has(field)]).toEqual([id, field, true]);
      const materials = item.materials.map((material) => material.id);
      for (const { material } of detail.materials) expect(materials).toContain(material);
      expect(detail.papers.length).toBeGreaterThan(0);
      expect(detail.corrections).toEqual([]);
      expect(
        detail.papers.every(({ holds, reasons }) => holds && reasons.join() === 'not-certified'),
      ).toBe(true);
    }
  }
  const insurance = await desk('insurance').detail(numbers['medical-insurance']!);
  expect(JSON.stringify(insurance)).not.toContain('6217000010001234569');
  const card = await desk('hr').detail(numbers['social-security-card']!);
  expect(card.answers).toContainEqual(
    expect.objectContaining({ field: 'account.card', value: '6217000010001234569', masked: false }),
  );
});

test('a file of one item is not opened through another', async () => {
  const health = await desk('health').detail(numbers['birth-certificate']!);
  const { address } = health.papers[0]!;
  const mine = await desk('health').ask(
    'GET',
    `/cases/${numbers['birth-certificate']}/files/${address}`,
  );
  const foreign = await desk('police').ask(
    'GET',
    `/cases/${numbers['household-registration']}/files/${address}`,
  );
  expect([mine.status, foreign.status]).toEqual([200, 404]);
});

test('of the others a desk knows what its item waits for and what waits for it', async () => {
  const { siblings } = await desk('police').detail(numbers['household-registration']!);
  expect(siblings.map(({ item, state }) => `${item} ${state}`).sort()).toEqual([
    'birth-certificate received',
    'medical-insurance waiting',
    'social-security-card waiting',
  ]);
});

test('items wait for those they depend on, and are released one after the other', async () => {
  expect(await states()).toEqual({
    'birth-certificate': 'received',
    'vaccination-certificate': 'waiting',
    'household-registration': 'waiting',
    'medical-insurance': 'waiting',
    'social-security-card': 'waiting',
  });
  expect(await desk('police').act(numbers['household-registration']!, 'accept')).toMatchObject({
    code: 'action-not-allowed',
  });
  await desk('health').act(numbers['birth-certificate']!, 'accept');
  // The father's ID card is promised: review goes on, the certificate waits for it.
  expect(await desk('health').act(numbers['birth-certificate']!, 'grant')).toMatchObject({
    code: 'gap-open',
  });
});

test('[C1] two desks that decide at once wait for each other, and each finds its case moved on or done', async () => {
  const both = await Promise.all([
    desk('health').act(numbers['birth-certificate']!, 'begin-special-procedure', {
      seen: 'accepted',
    }),
    desk('health').act(numbers['birth-certificate']!, 'begin-special-procedure', {
      seen: 'accepted',
    }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  await desk('health').act(numbers['birth-certificate']!, 'end-special-procedure');
});

test('a denial sends those that waited for it to a counter', async () => {
  const denied = await desk('health').act(numbers['birth-certificate']!, 'deny', {
    reasons: shippedCatalogue.reasons
      .filter((reason) => reason.for.includes('deny'))
      .slice(0, 1)
      .map(({ id }) => id),
    text: '医院没有这份出生信息。',
  });
  expect(denied.detail?.row.state).toBe('denied');
  const window3 = await signIn(centre.origin, 'window3');
  const rows = (await window3.list()).filter(({ correction }) => correction !== undefined);
  expect(rows.map(({ item, correction }) => `${item} ${correction}`).sort()).toEqual([
    'household-registration earlier-item-failed',
    'vaccination-certificate earlier-item-failed',
  ]);
});

test('the phone pulls the status of all five, and of no other phone’s', async () => {
  const changes = (await (
    await phone.ask('GET', '/api/v1/changes/status')
  ).json()) as ChangesAnswer;
  expect(changes.rows.map(({ id }) => id).sort()).toEqual(Object.values(numbers).sort());
  expect(
    changes.rows.every(
      ({ body }) => (body as { receiptNumber: string }).receiptNumber === receipt.number,
    ),
  ).toBe(true);
  const other = await makeDevice(centre.origin, centre.clock);
  await other.enrol('phone');
  expect(
    ((await (await other.ask('GET', '/api/v1/changes/status')).json()) as ChangesAnswer).rows,
  ).toEqual([]);
});

test('a typed number waits for a counter; confirming one confirms the submission, and the order stands', async () => {
  const second = await submitted(typed(people.mother, centre.clock));
  const birth = second.numbers['birth-certificate']!;
  expect((await desk('health').detail(birth)).row.state).toBe('awaiting-confirmation');
  expect(
    await desk('health').act(birth, 'confirm-identity', { shown: 'resident-card' }),
  ).toMatchObject({ code: 'action-not-allowed' });
  const window3 = await signIn(centre.origin, 'window3');
  // No hall saw the phone, so every counter has it.
  expect((await window3.list()).map(({ caseNumber }) => caseNumber)).toContain(birth);
  expect(await window3.act(birth, 'confirm-identity')).toMatchObject({ code: 'shown-needed' });
  const confirmed = await window3.act(birth, 'confirm-identity', { shown: 'resident-card' });
  expect(confirmed.detail?.row.state).toBe('received');
  expect((await desk('police').detail(second.numbers['household-registration']!)).row.state).toBe(
    'waiting',
  );
});
